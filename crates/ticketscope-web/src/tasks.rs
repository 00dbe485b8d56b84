//! What a worker of the charts' pool does, and the messages about it. An answer is a list of numbers, which whoever asked knows to
//! read: each kind says what it holds.

use crate::charts::pool::{Kind, Task};
use crate::kit::worker::reply;
use core::ops::ControlFlow;
use js_sys::{Array, Float64Array};
use ticketscope_core::prune::{Orphans, Pruning, Rule, Trials, destroyed_at};
use ticketscope_core::seed::SEED_LIMIT;
use ticketscope_scene::luck::Luck;
use ticketscope_scene::run::{self, Own};
use ticketscope_scene::scene::Scene;
use ticketscope_scene::survival::Bounds;
use ticketscope_scene::{exact, link};
use wasm_bindgen::{JsCast, JsValue};

/// What comes back.
#[derive(Debug)]
pub enum Reply {
    /// The worker is ready, and of this build.
    Hello(String),
    /// The answer to a task.
    Numbers(u32, Vec<f64>),
    /// How far it is with a task, 0 to 1.
    Progress(u32, f64),
    /// Why there is no answer.
    Failed(u32, String),
}

/// A task as a value.
pub fn task(task: &Task) -> JsValue {
    let kind = (task.kind as u32).into();
    let (from, to) = (task.range.start as f64, task.range.end as f64);
    array(&["task".into(), task.id.into(), kind, task.link.as_str().into(), from.into(), to.into()]).into()
}

/// A task back from a value; none if it is something else.
pub fn read_task(value: &JsValue) -> Option<Task> {
    let list: &Array = value.dyn_ref()?;
    let number = |place: u32| list.get(place).as_f64().map(|x| x as u64);
    (list.get(0).as_string()? == "task").then_some(())?;
    Some(Task {
        id: number(1)? as u32,
        kind: *Kind::ALL.get(number(2)? as usize)?,
        link: list.get(3).as_string()?,
        range: number(4)?..number(5)?,
    })
}

/// A reply back from a value.
pub fn read_reply(value: &JsValue) -> Option<Reply> {
    if let Some(build) = value.as_string() {
        return Some(Reply::Hello(build));
    }
    let list: &Array = value.dyn_ref()?;
    let id = list.get(1).as_f64()? as u32;
    Some(match list.get(0).as_string()?.as_str() {
        "numbers" => Reply::Numbers(id, list.get(2).dyn_ref::<Float64Array>()?.to_vec()),
        "progress" => Reply::Progress(id, list.get(2).as_f64()?),
        "failed" => Reply::Failed(id, list.get(2).as_string()?),
        _ => return None,
    })
}

/// Does a task, and replies.
pub fn answer(task: &Task) {
    let mut reported = js_sys::Date::now();
    let mut report = |share: f64| {
        let now = js_sys::Date::now();
        if now - reported >= 100.0 {
            reported = now;
            reply(&array(&["progress".into(), task.id.into(), share.into()]), &Array::new());
        }
    };
    match work(task, &mut report) {
        Ok(numbers) => {
            let numbers = Float64Array::from(&numbers[..]);
            let transfer = Array::of1(&numbers.buffer());
            reply(&array(&["numbers".into(), task.id.into(), numbers.into()]), &transfer);
        }
        Err(why) => reply(&array(&["failed".into(), task.id.into(), why.as_str().into()]), &Array::new()),
    }
}

/// What a task asks for.
fn work(task: &Task, report: &mut impl FnMut(f64)) -> Result<Vec<f64>, String> {
    let scene = link::read(&task.link).map_err(|error| error.to_string())?.scene;
    scene.page_limit().map_err(|error| error.to_string())?;
    match task.kind {
        Kind::Trials => trials(&scene, task),
        Kind::Exact => exact_curve(&scene, report),
        Kind::Bins => Ok(bins(&scene)),
        Kind::Luck => luck(&scene, task),
    }
}

/// The step at which each network of a range was destroyed, −1 for one that was not.
fn trials(scene: &Scene, task: &Task) -> Result<Vec<f64>, String> {
    // Weights decide the cuts of two rules only.
    let weights_matter = matches!(scene.rule, Rule::Magnitude | Rule::Synflow);
    let network = |scene: &Scene| run::network(scene, &Own::default()).map_err(|error| error.to_string());
    let drawn = network(scene)?;
    let mut runs = Trials::new(&drawn, &scene.pruning());
    let mut steps = Vec::new();
    for i in task.range.clone() {
        let seed = (scene.prune_seed + i) % SEED_LIMIT;
        let end = if weights_matter {
            let drawn = network(&Scene { seed: (scene.seed + i) % SEED_LIMIT, ..scene.clone() })?;
            destroyed_at(&drawn, &Pruning { seed, ..scene.pruning() })
        } else {
            runs.destroyed_at(seed)
        };
        steps.push(end.map_or(-1.0, f64::from));
    }
    Ok(steps)
}

/// Trials, wins, and of the first trials which were won: [`Luck::to_numbers`].
fn luck(scene: &Scene, task: &Task) -> Result<Vec<f64>, String> {
    let luck = Luck::of_trials(scene, &Own::default(), task.range.clone(), |_| ControlFlow::Continue(()));
    luck.map(|luck| luck.unwrap_or_default().to_numbers()).map_err(|error| error.to_string())
}

/// P(destroyed by k) of the variant `orphans=count`, for every k up to the first at which it is 1.
fn exact_curve(scene: &Scene, report: &mut impl FnMut(f64)) -> Result<Vec<f64>, String> {
    let counted = Scene { rule: Rule::Layer, orphans: Orphans::Count, mask: None, edits: Vec::new(), ..scene.clone() };
    let network = run::network(&counted, &Own::default()).map_err(|error| error.to_string())?;
    let mut recurrence = exact::recurrence(&counted, &network)
        .ok_or("There is no exact curve: nothing is prunable, or the network is beyond about 30 layers of width 30")?;
    while !recurrence.step() {
        report(recurrence.progress());
    }
    let curve = recurrence.finish().ok_or("There is no exact curve")?;
    Ok((0..=curve.certain_at()).map(|k| curve.destroyed_by(k)).collect())
}

/// Steps of the balls-in-bins tail at most.
const MOST_STEPS: u64 = 200_000;

/// The paper's k, Lambert's k, the largest safe k of balls in bins (each NaN where there is none), whether they apply (1 or 0), and
/// the tail of balls in bins at k = 0, 1, … up to where it is as good as 1.
fn bins(scene: &Scene) -> Vec<f64> {
    let bounds = Bounds::of(scene);
    let number = |x: Option<f64>| x.unwrap_or(f64::NAN);
    let safe = bounds.balls_in_bins().map(|k| k as f64);
    let applies = f64::from(u8::from(bounds.applies));
    let mut numbers = vec![number(bounds.paper), number(bounds.lambert), number(safe), applies];
    if let Some(model) = &bounds.model {
        for k in 0..MOST_STEPS {
            let chance = model.tail(k);
            numbers.push(chance);
            if chance >= 1.0 - 1e-9 {
                break;
            }
        }
    }
    numbers
}

fn array(values: &[JsValue]) -> Array {
    values.iter().collect()
}
