//! Own weights and masks: round trips, and everything that must be refused with a sentence.

use proptest::prelude::*;
use ticketscope_core::law::{Law, WeightLaw};
use ticketscope_core::mask::Mask;
use ticketscope_core::network::Network;
use ticketscope_core::shape::Shape;
use ticketscope_scene::Scene;
use ticketscope_scene::file::{FileError, MOST_BYTES, open, read, write_csv, write_json};
use ticketscope_scene::run::{self, Own};

fn refused(text: &str) -> String {
    read(text.as_bytes()).unwrap_err().to_string()
}

proptest! {
    #[test]
    fn what_is_written_reads_back(s in 1..5_u32, n in 1..5_u32, w in 1..9_u32, t in 1..4_u32, seed in 0..1_000_u64, power in 0.01..8.0) {
        let shape = Shape::new(s, n, w, t).unwrap();
        let law = WeightLaw::new(Law::Power, power, 3.0, shape.path_length()).unwrap();
        let network = Network::random(shape, &law, seed);
        let mask = Mask::from_fn(shape, |id| (u64::from(id) * 2_654_435_761 + seed) % 3 != 0);
        for text in [write_json(&network, &mask), write_csv(&network, &mask), format!("\u{feff}{}", write_csv(&network, &mask).replace('\n', "\r\n"))] {
            let file = read(text.as_bytes()).unwrap();
            prop_assert_eq!(file.shape, shape);
            prop_assert_eq!(file.weights.as_deref(), Some(network.weights()));
            prop_assert_eq!(file.mask.as_ref(), Some(&mask));
            let mut own = Own::default();
            own.take(file).unwrap();
            let back = run::network(&Scene::default(), &own).unwrap();
            prop_assert_eq!(&back, &network.clone().with_mask(mask.clone()).unwrap());
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = read(&bytes);
        let mut json = b"{\"weights\": [[".to_vec();
        json.extend(&bytes);
        let _ = read(&json);
        let mut csv = b"layer,from,to,weight,kept\n".to_vec();
        csv.extend(&bytes);
        prop_assert!(read(&csv).is_err());
    }
}

#[test]
fn csv_columns_come_in_any_order_and_one_list_may_be_left_out() {
    let file = read(b"kept,to,from,layer\n1,0,0,0\n0,0,0,1\n\n").unwrap();
    assert_eq!((file.weights, file.mask.unwrap().kept_count()), (None, 1));
    let file = read(b"layer,from,to,weight\n1,0,0,\"0.5\"\n0, 0 ,0,-1e-3").unwrap();
    assert_eq!((file.weights, file.mask), (Some(vec![-0.001, 0.5]), None));
}

#[test]
fn a_mask_and_weights_may_come_from_two_files() {
    let mut own = Own::default();
    own.take(read(b"{\"weights\": [[[1, 2]], [[3], [4]]]}").unwrap()).unwrap();
    own.take(read(b"{\"mask\": [[[1, 0]], [[1], [1]]], \"link\": null}").unwrap()).unwrap();
    let mut scene = Scene::default();
    own.shape_into(&mut scene);
    assert_eq!((scene.sources, scene.hidden, scene.width, scene.sinks), (1, 1, 2, 1));
    let network = run::network(&scene, &own).unwrap();
    assert_eq!((network.weights(), network.mask().kept_count()), (&[1.0, 2.0, 3.0, 4.0][..], 3));
    let other = read(b"{\"mask\": [[[1]], [[1]]]}").unwrap();
    assert_eq!(own.take(other).unwrap_err().to_string(), "the mask is for a network of another shape");
}

#[test]
fn json_is_refused_with_a_sentence() {
    for (text, sentence) in [
        ("{}", "the file has neither weights nor a mask"),
        ("{\"weights\": [[[1]]]}", "weights needs at least two edge layers"),
        ("{\"weights\": []}", "weights needs at least two edge layers"),
        ("{\"weights\": [[[1, 2]], [[3]]]}", "weights, edge layer 1 has 1 rows where 2 are wanted"),
        ("{\"weights\": [[[1, 2]], [[3], [4, 5]]]}", "weights, edge layer 1, row 0 has 1 entries where 2 are wanted"),
        ("{\"weights\": [[[1, 2]], [[3], []]]}", "sinks must be 1 to 16, not 0"),
        ("{\"mask\": [[[1, 2]], [[1], [1]]]}", "mask: the entry of edge (layer 0, from 0, to 1) must be 0 or 1"),
        ("{\"mask\": [[[1, 0.5]], [[1], [1]]]}", "mask: the entry of edge (layer 0, from 0, to 1) must be 0 or 1"),
        (
            "{\"weights\": [[[1, 2e10]], [[3], [4]]]}",
            "weights: the weight of edge (layer 0, from 0, to 1) must be a number from −10⁹ to 10⁹",
        ),
        (
            "{\"weights\": [[[1]], [[3]]], \"mask\": [[[1, 1]], [[1], [1]]]}",
            "network, weights and mask do not agree on the shape",
        ),
        (
            "{\"network\": {\"sources\": 2, \"hidden_layers\": 1, \"width\": 1, \"sinks\": 1}, \"weights\": [[[1]], [[3]]]}",
            "network, weights and mask do not agree on the shape",
        ),
        ("{\"weights\": [[[1]], [[1e999]]]}", "line 1, column 23: this number is too large"),
        ("{\"weights\": [[[1]],\n [[NaN]]]}", "line 2, column 4: a number was expected"),
        ("{\"weights\": [[[1]], [[null]]]}", "line 1, column 23: a number was expected"),
        ("{\"weights\": [[[1]], [[01]]]}", "line 1, column 23: a number was expected"),
        ("{\"weights\": [[[1]], [[1.]]]}", "line 1, column 23: a number was expected"),
        ("{\"weights\": [[[+1]], [[1]]]}", "line 1, column 16: a number was expected"),
        ("{\"weights\": [[[1,]], [[1]]]}", "line 1, column 18: a number was expected"),
        ("{\"weights\": [[[1 2]], [[1]]]}", "line 1, column 18: a comma or ] was expected"),
        ("{\"weights\": [[[1;2]], [[1]]]}", "line 1, column 17: a comma or ] was expected"),
        ("{\"weights\": [1]}", "line 1, column 14: a list of rows, one for each tail node, was expected"),
        ("{\"weights\": [[1]]}", "line 1, column 15: a list of numbers, one for each head node, was expected"),
        ("{\"weights\": 1}", "line 1, column 13: a list of edge layers was expected"),
        ("{\"weights\": [[[1]], [[1]]], \"weights\": []}", "line 1, column 29: weights comes a second time"),
        ("{\"weights\": [[[1]]", "line 1, column 19: the file ends here, where a comma or ] was expected"),
        ("{\"weights\": [[[1]], [[1.", "line 1, column 25: the file ends here, where a number was expected"),
        ("{\"weights", "line 1, column 10: the file ends here, where the closing double quote was expected"),
        ("{", "line 1, column 2: the file ends here, where a key in double quotes was expected"),
        ("{\"weights\" [[[1]], [[1]]]}", "line 1, column 12: a colon was expected"),
        ("{weights: []}", "line 1, column 2: a key in double quotes was expected"),
        ("{\"mask\": [[[true]], [[1]]]}", "line 1, column 13: a number was expected"),
        ("[[[1]], [[1]]]", "line 1, column 1: { was expected"),
        ("{\"weights\": [[[1]], [[1]]]}\n{}", "line 2, column 1: nothing more was expected"),
        ("{\"é\": 1, \"weights\": x}", "line 1, column 21: a list of edge layers was expected"),
        ("{\"x\": \"a\nb\"}", "line 1, column 9: this character cannot stand in a text"),
        ("{\"x\": \"\\x\"}", "line 1, column 8: this character cannot stand in a text"),
        ("{\"x\": nul}", "line 1, column 7: a value was expected"),
        ("{\"x\": {\"y\": [1, {}, [true, }]}}", "line 1, column 28: a value was expected"),
        ("{\"network\": {\"width\": 1.5}}", "line 1, column 23: a whole number was expected"),
        ("{\"network\": {\"width\": 99999999999}}", "line 1, column 23: a whole number was expected"),
        (
            "{\"network\": {\"width\": 1}}",
            "line 1, column 24: sources, hidden_layers, width and sinks, all four, was expected",
        ),
        ("{\"network\": {\"width\": 1, \"width\": 1}}", "line 1, column 26: width comes a second time"),
        ("", "the file is empty"),
        ("\u{feff} \n", "the file is empty"),
    ] {
        assert_eq!(refused(text), sentence, "{text}");
    }
}

#[test]
fn csv_is_refused_with_a_sentence() {
    let columns = "the first line must name the columns layer,from,to and weight, kept or both, each once";
    for (text, sentence) in [
        ("hello", columns),
        ("layer,from,to", columns),
        ("layer,from,to,weight,weight", columns),
        ("layer;from;to;weight", columns),
        ("layer,from,to,weight", "the file needs at least two edge layers"),
        ("layer,from,to,weight\n0,0,0,1\n1,0,0", "line 3: there must be one cell for each column"),
        ("layer,from,to,weight\n0,0,0,1\n1,0,0,1,", "line 3: there must be one cell for each column"),
        ("layer,from,to,weight\n0,0,0,x", "line 2: weight must be a number from −10⁹ to 10⁹"),
        ("layer,from,to,weight\n0,0,0,NaN", "line 2: weight must be a number from −10⁹ to 10⁹"),
        ("layer,from,to,weight\n0,0,0,inf", "line 2: weight must be a number from −10⁹ to 10⁹"),
        (
            "layer,from,to,weight\n0,0,-1,1",
            "line 2: layer, from and to must be whole numbers: a layer of 0–32 and places of 0–511",
        ),
        (
            "layer,from,to,weight\n0,0,512,1",
            "line 2: layer, from and to must be whole numbers: a layer of 0–32 and places of 0–511",
        ),
        (
            "layer,from,to,weight\n0,0,0,1\n1,0,0,1\n1,1,0,1",
            "line 4: layer, from and to must be whole numbers: a layer of 0–32 and places of 0–511",
        ),
        ("layer,from,to,kept\n0,0,0,2", "line 2: kept must be 0 or 1"),
        ("layer,from,to,weight\n0,0,0,1\n1,0,0,1\n0,0,0,1", "line 4: this edge came before"),
        ("layer,from,to,weight\n0,0,1,1\n1,0,0,1\n1,1,0,1", "edge (layer 0, from 0, to 0) is missing"),
        ("layer,from,to,weight\n0,99,0,1\n1,0,0,1", "sources must be 1 to 64, not 100"),
        (
            "layer,from,to,weight\n0,0,511,1\n32,511,0,1",
            "the file has more than 2000000 edges; at most so many are read",
        ),
    ] {
        assert_eq!(refused(text), sentence, "{text}");
    }
}

#[test]
fn large_files_are_refused_before_they_take_memory() {
    let bytes = vec![b' '; MOST_BYTES + 1];
    assert_eq!(read(&bytes), Err(FileError::TooLarge { bytes: MOST_BYTES + 1 }));
    let row = format!("[{}]", vec!["0"; 2_000_001].join(","));
    assert_eq!(read(format!("{{\"weights\": [[{row}], [[1]]]}}").as_bytes()), Err(FileError::TooManyEdges));
    let hollow = format!("{{\"weights\": [[{}]]}}", vec!["[]"; 3_000_000].join(","));
    assert_eq!(read(hollow.as_bytes()), Err(FileError::TooManyEdges));
    let hollower = format!("{{\"weights\": [{}]}}", vec!["[]"; 3_000_000].join(","));
    assert_eq!(read(hollower.as_bytes()), Err(FileError::TooManyEdges));
    let deep = format!("{{\"x\": {}", "[".repeat(1_000_000));
    assert!(matches!(read(deep.as_bytes()), Err(FileError::Json { .. })));
    let long = format!("{{\"weights\": [[[{}]]]}}", "9".repeat(1_000_000));
    assert!(read(long.as_bytes()).is_err());
}

#[test]
fn what_is_no_text_is_refused_with_a_sentence() {
    for (bytes, sentence) in [
        (&b"\xff\xfe{\x00}\x00"[..], "the file is text in UTF-16; save it as UTF-8"),
        (b"\xfe\xff\x00{\x00}", "the file is text in UTF-16; save it as UTF-8"),
        (b"\xff", "the file is not text in UTF-8"),
        (b"\x89PNG\r\n\x1a\n\0", "the file is not text in UTF-8"),
        (b"\0", "line 1: there is a NUL character, so this is no text"),
        (b"{\n\"weights\": \0}", "line 2: there is a NUL character, so this is no text"),
        (b"layer,from,to,weight\n0,0,0,\0", "line 2: there is a NUL character, so this is no text"),
    ] {
        assert_eq!(read(bytes).unwrap_err().to_string(), sentence);
    }
    let named = open("we\u{202e}ights.json", b"{").unwrap_err().to_string();
    assert_eq!(
        named,
        "“we\u{fffd}ights.json”: line 1, column 2: the file ends here, where a key in double quotes was expected"
    );
    assert!(open("anything", b"\xef\xbb\xbf{\"weights\": [[[1]], [[2]]], \"x\": {\"weights\": []}}").is_ok());
}

#[test]
fn depth_is_bounded() {
    let nested =
        |depth: usize| format!("{{\"x\": {}1{}, \"weights\": [[[1]], [[2]]]}}", "[".repeat(depth), "]".repeat(depth));
    assert!(read(nested(31).as_bytes()).is_ok());
    assert_eq!(refused(&nested(32)), "line 1, column 38: more than 32 lists are inside one another");
    let objects = format!("{{\"x\": {}1{}}}", "{\"y\": ".repeat(32), "}".repeat(32));
    assert!(refused(&objects).ends_with("more than 32 lists are inside one another"));
}

/// The reader by hand takes what a general reader takes, with the same numbers, and refuses what it refuses.
fn agrees_with_a_general_reader(text: &str) {
    let general: Result<serde_json::Value, _> = serde_json::from_str(text);
    match read(text.as_bytes()) {
        Ok(file) => {
            let value = general.unwrap();
            let list = |name: &str| -> Option<Vec<f64>> {
                let layers = value.get(name)?.as_array()?;
                let rows = layers.iter().flat_map(|layer| layer.as_array().unwrap());
                Some(rows.flat_map(|row| row.as_array().unwrap()).map(|number| number.as_f64().unwrap()).collect())
            };
            assert_eq!(file.weights, list("weights"), "{text}");
        }
        Err(FileError::Json { fault, .. }) => {
            // What is refused here is no JSON there, or JSON of another form.
            use ticketscope_scene::file::{JsonFault, Wanted};
            let form = matches!(
                fault,
                JsonFault::Twice(_)
                    | JsonFault::Depth
                    | JsonFault::Expected(
                        Wanted::Object
                            | Wanted::Layers
                            | Wanted::RowList
                            | Wanted::Numbers
                            | Wanted::Number
                            | Wanted::Whole
                            | Wanted::Counts
                    )
            );
            assert!(form || general.is_err(), "{text}: {fault}");
        }
        Err(error) => assert!(general.is_ok() || error == FileError::Empty, "{text}"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 20_000, ..ProptestConfig::default() })]

    #[test]
    fn json_is_read_as_a_general_reader_reads_it(
        parts in proptest::collection::vec(proptest::sample::select(vec![
            "{", "}", "[", "]", ",", ":", "\"weights\"", "\"mask\"", "\"network\"", "\"x\"", "1", "-0.5e-3", "0", "01", "1e999", "null", "true",
            " ", "\n", "[[[1,2]],[[3],[4]]]", "\"\\u00e9\\n\"", "\"\\q\"", "é", "{\"sources\":1,\"hidden_layers\":1,\"width\":2,\"sinks\":1}",
        ]), 0..9),
        cut in any::<prop::sample::Index>(),
    ) {
        let inside = format!("{{\"weights\": [[[0.1, 2]], [[3], [4]]], \"x\": {}}}", parts.concat());
        agrees_with_a_general_reader(&inside);
        let end = inside.char_indices().map(|(at, _)| at).collect::<Vec<_>>();
        agrees_with_a_general_reader(&inside[..end[cut.index(end.len())]]);
        agrees_with_a_general_reader(&format!("{{{}}}", parts.concat()));
    }
}
