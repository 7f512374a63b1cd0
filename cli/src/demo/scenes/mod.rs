//! The story, scene by scene.

mod answer;
mod faults;
mod moment;
mod pairing;
mod relay;
mod sharing;
mod someone_else;
mod taken_back;

use super::DemoError;
use super::show::Show;

/// Plays every scene in its order.
///
/// # Errors
/// [`DemoError`]: the story could not go on. A line that is not so does not stop it.
pub(super) fn play(show: &mut Show<'_>) -> Result<(), DemoError> {
    let links = pairing::link(show)?;
    let moment = moment::mark(show)?;
    moment::pick(show, &links)?;
    let preview = sharing::look(show, &links, &moment)?;
    let shared = sharing::share(show, &preview)?;
    let before = show.stage.relay_rows()?;
    sharing::connect(show, &links, shared)?;
    relay::look_inside(show, &before, &moment, shared)?;
    answer::read(show, &preview, &moment, shared)?;
    answer::write(show, shared)?;
    taken_back::play(show, &links)?;
    someone_else::play(show, &links)?;
    faults::lose_an_answer(show, &links)?;
    faults::kill_the_phone(show, &links, &moment)
}
