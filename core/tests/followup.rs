//! The checks of a note, on whole notes: those that a therapist may start from have nothing amiss.

use attune_core::followup::{Draft, burden, document};
use attune_core::repair::RepairOption;

/// Notes that a therapist may start from, each with the option that it answers.
const NOTES: [(RepairOption, &str); 8] = [
    (
        RepairOption::RepairQuietly,
        "I got something wrong in our last session, and it may have made you feel less at ease with \
         me. I am sorry. You do not have to tell me what it was. I am going over my notes, and I will \
         meet with my supervisor on Wednesday. I will bring a change to our next session. No reply is \
         needed.",
    ),
    (
        RepairOption::WrittenFollowUp,
        "I joked about your accent last week. That may have made the room feel less safe. I am sorry \
         I said it. I have made a note for myself, and I will not joke about how people speak. I will \
         work on this with my supervisor before we meet. You do not need to reply or to talk about it.",
    ),
    (
        RepairOption::WrittenFollowUp,
        "Something I said or left out did not sit right, and that can cost trust. I am sorry. I do \
         not know yet which moment it was. That is mine to work out. I will look at my notes by \
         Friday and tell you what I will change. You do not need to explain or reply.",
    ),
    (
        RepairOption::Pause,
        "You asked to pause this topic, so it is paused. I will not bring it up. You can bring it \
         back on any day, in any way, or leave it. All else stays as it was.",
    ),
    (
        RepairOption::SwitchTopic,
        "We will start with a new topic on Tuesday. I will have two ideas, and you can pick one, or \
         bring your own. I will not go back to the old topic unless you do.",
    ),
    (
        RepairOption::BriefCheckIn,
        "You asked for five minutes. I will set a timer. I will say what I did and what I will \
         change. You can listen and say nothing. At five minutes we move on.",
    ),
    (
        RepairOption::RequestProvider,
        "You asked to see someone else. Ada has a time on Monday at ten. Your fee and your place stay \
         the same. We did not ask why, and no one will. You can say yes, ask for a different person, \
         or stay as you are.",
    ),
    (
        RepairOption::WrittenFollowUp,
        "The form you got had no place for your name as you say it. That was our fault, and it may \
         have made you feel like you did not count. I am sorry. I fixed your file today. I have asked \
         the clinic to change the form by May. No reply is needed.",
    ),
];

#[test]
fn the_notes_that_one_may_start_from_have_nothing_amiss() {
    for (option, text) in NOTES {
        let note = Draft { option, text, client_words: None };
        let found: Vec<_> = burden::check(&note)
            .into_iter()
            .map(|finding| (finding.rule.name(), &text[finding.words]))
            .collect();
        assert_eq!(found, [], "{text}");
        assert_eq!(document::check(&note), [], "{text}");
    }
}

#[test]
fn one_sentence_too_many_is_found_in_each_of_them() {
    for (option, text) in NOTES {
        let text = format!("{text} Please write down what I did wrong and bring the list.");
        let note = Draft { option, text: &text, client_words: None };
        let findings = burden::check(&note);
        assert!(
            findings.iter().any(|finding| finding.rule == burden::Rule::Task
                && text[finding.sentence.clone()].starts_with("Please write")),
            "{findings:?}"
        );
    }
}
