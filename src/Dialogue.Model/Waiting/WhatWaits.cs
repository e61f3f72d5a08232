using Dialogue.FollowUp;
using static Dialogue.FollowUp.ActionState;
using static Dialogue.Waiting.NextStep;
using static Dialogue.Waiting.WaitsAs;

namespace Dialogue.Waiting;

/// <summary>In which quality something waits for somebody, the nearest to the work first.</summary>
public enum WaitsAs
{
    Owner,
    Verifier,

    /// <summary>Whoever led the dialogue.</summary>
    Guide,

    /// <summary>Whoever guides dialogues in this organisation.</summary>
    Facilitator,
    Coordinator,
    Manager,
    Administrator,
}

/// <summary>What somebody can do about it now.</summary>
public enum NextStep
{
    /// <summary>The owner accepts the agreement or gives it back.</summary>
    Answer,

    /// <summary>The owner says how others will see that it is done, and who looks.</summary>
    Plan,

    /// <summary>The owner begins: the first step is near or past.</summary>
    Start,

    /// <summary>The date has passed: the owner reports it done, moves the date or says what is in the way.</summary>
    Finish,

    /// <summary>Whoever looked found that something is missing.</summary>
    Mend,

    /// <summary>The verifier looks whether it was done.</summary>
    Verify,

    /// <summary>Nobody has taken it on: it was given back, was never asked, or was not answered.</summary>
    FindOwner,

    /// <summary>It was reported done and nobody looks.</summary>
    FindVerifier,

    /// <summary>The owner was asked and has not answered in time: ask once more.</summary>
    AskAnswer,

    /// <summary>It is late: ask what is needed.</summary>
    AskHow,

    /// <summary>Whoever looks has not done so in time: ask.</summary>
    AskVerifier,

    /// <summary>The work stands still until somebody decides or helps.</summary>
    Unblock,

    /// <summary>The date was moved more often than is wise.</summary>
    TalkAboutDates,

    /// <summary>It was verified: did it help the people it was for?</summary>
    JudgeEffect,

    /// <summary>The effect is known: the agreement can be closed.</summary>
    Close,

    /// <summary>The dialogue is being prepared.</summary>
    Prepare,

    /// <summary>Participants can come in; it has not begun.</summary>
    Begin,

    /// <summary>It has begun and was not ended: its agreements are asked of nobody until then.</summary>
    End,

    /// <summary>The day of looking back is near or past.</summary>
    LookBack,

    /// <summary>A question has no dialogue yet.</summary>
    ChooseMethod,

    /// <summary>Somebody did not answer an invitation.</summary>
    InviteAgain,

    /// <summary>A letter does not get through.</summary>
    MendMail,
}

/// <summary>How loud it may be said. It never depends on who the person is.</summary>
public enum WaitTone
{
    Calm,

    /// <summary>Its day is near, or it has waited longer than was agreed.</summary>
    Due,

    /// <summary>Late or standing still.</summary>
    Late,
}

/// <summary>One thing that waits for one quality.</summary>
/// <param name="As">In which quality.</param>
/// <param name="Who">The person; null when it waits for whoever has the role.</param>
/// <param name="Next">What can be done now; tells too what <paramref name="Subject"/> is.</param>
/// <param name="Subject">The action, dialogue, question, invitation or letter.</param>
/// <param name="Since">The local date since when it waits.</param>
/// <param name="By">The local date by which it is expected; null when there is none.</param>
public sealed record Waits(WaitsAs As, WaitingPerson? Who, NextStep Next, Guid Subject, DateOnly Since, DateOnly? By, WaitTone Tone);

/// <summary>Whose page is shown: the person, and the roles in the organisation.</summary>
public sealed record WaitingReader(WaitingPerson Person, IReadOnlySet<WaitsAs> Roles);

/// <summary>
/// What waits for whom: the one place that decides it, for the page of today, the digests and the screens of managers. Work that somebody
/// is busy with and that is not late waits for nobody.
/// </summary>
public static class WhatWaits
{
    /// <summary>How many days before its day something is said.</summary>
    private const int Soon = 7;

    /// <summary>How many days before the day of looking back it must be prepared.</summary>
    private const int LookBackSoon = 30;

    /// <summary>How many days after it was verified the effect is asked for.</summary>
    private const int EffectAfter = 30;

    private const int InvitationDays = 7;

    /// <summary>A letter is tried again by itself; after this many times it is a matter for a person.</summary>
    public const int LetterAttempts = 3;

    /// <summary>What waits for this reader: each subject once, in the nearest quality; the latest first, then the nearest day.</summary>
    public static IReadOnlyList<Waits> For(WaitingReader reader, WaitingRows rows, DateOnly today, FollowUpPolicy policy) =>
        [
            .. Of(rows, today, policy)
                .Where(one => one.Who is null ? reader.Roles.Contains(one.As) : one.Who.Is(reader.Person))
                .GroupBy(one => one.Subject)
                .Select(group => group.OrderBy(one => one.As).ThenBy(one => one.Next).First())
                .OrderByDescending(one => one.Tone)
                .ThenBy(one => one.By ?? DateOnly.MaxValue)
                .ThenBy(one => one.Since)
                .ThenBy(one => one.Subject),
        ];

    /// <summary>What waits for anybody.</summary>
    public static IEnumerable<Waits> Of(WaitingRows rows, DateOnly today, FollowUpPolicy policy) =>
        rows
            .Actions.SelectMany(one => OfAction(one, today, policy))
            .Concat(rows.Dialogues.SelectMany(one => OfDialogue(one, today)))
            .Concat(rows.Questions.SelectMany(one => OfQuestion(one)))
            .Concat(rows.Invitations.SelectMany(one => OfInvitation(one, today)))
            .Concat(rows.Letters.SelectMany(OfLetter));

    private static IEnumerable<Waits> OfAction(WaitingAction row, DateOnly today, FollowUpPolicy policy)
    {
        var action = row.Action;
        var late = action.DaysLate(today);
        var since = action.StateSince;
        var owner = row.Owner is { } person ? (Person: person, Known: true) : default;

        Waits To(WaitsAs role, WaitingPerson? who, NextStep next, DateOnly from, DateOnly? by, WaitTone? tone = null) =>
            new(role, who, next, row.Id, from, by, tone ?? ToneOf(by, today, late));

        IEnumerable<Waits> ToGuideAnd(WaitsAs[] roles, NextStep next, DateOnly from, DateOnly? by, WaitTone? tone = null)
        {
            if (row.Guide is { } guide)
                yield return To(Guide, guide, next, from, by, tone);
            foreach (var role in roles)
                yield return To(role, null, next, from, by, tone);
        }

        IEnumerable<Waits> ToOwner(NextStep next, DateOnly from, DateOnly? by) =>
            owner.Known ? [To(Owner, owner.Person, next, from, by)] : [];

        switch (action.State)
        {
            case Proposed:
                return ToGuideAnd([Coordinator], FindOwner, since, null, WaitTone.Due);

            case Offered
            or HandedOver:
                var answer = LocalMoment.AddWorkingDays(action.AskedOn, policy.AnswerWorkingDays);
                var tooLong = LocalMoment.AddWorkingDays(action.AskedOn, policy.AnswerWorkingDaysSponsor);
                return
                [
                    .. ToOwner(NextStep.Answer, action.AskedOn, answer),
                    .. !owner.Known ? ToGuideAnd([Coordinator], FindOwner, action.AskedOn, null, WaitTone.Due) : [],
                    .. today > answer || late > 0 ? ToGuideAnd([], AskAnswer, action.AskedOn, answer, WaitTone.Due) : [],
                    .. today > tooLong || late > 0
                        ? ToGuideAnd([Coordinator, Manager], FindOwner, action.AskedOn, answer, WaitTone.Late)
                        : [],
                ];

            case Declined:
                return ToGuideAnd([Coordinator, Manager], FindOwner, since, null, WaitTone.Late);

            case Blocked:
                return [.. ToGuideAnd([Coordinator, Manager], Unblock, since, null, WaitTone.Late), .. Moved()];

            case Rejected:
                return [.. ToOwner(Mend, since, action.DueDate), .. Late()];

            case Accepted:
                return [.. ToOwner(late > 0 ? Finish : Plan, since, late > 0 ? action.DueDate : action.FirstStepDate), .. Late()];

            case Planned:
                return
                [
                    .. late > 0 ? ToOwner(Finish, action.DueDate, action.DueDate)
                    : action.FirstStepDate <= today.AddDays(Soon) ? ToOwner(Start, since, action.FirstStepDate)
                    : [],
                    .. Late(),
                ];

            case InProgress:
                return [.. late > 0 ? ToOwner(Finish, action.DueDate, action.DueDate) : [], .. Late()];

            case ReportedDone when row.Verifier is null && action.Verifier is null:
                return ToGuideAnd([Coordinator, Manager], FindVerifier, since, null, WaitTone.Due);

            case ReportedDone:
                var look = LocalMoment.AddWorkingDays(since, policy.VerifyWorkingDays);
                return
                [
                    .. row.Verifier is { } verifier ? [To(Verifier, verifier, Verify, since, look)] : (Waits[])[],
                    .. today > look ? ToGuideAnd([], AskVerifier, since, look, WaitTone.Due) : [],
                ];

            case Verified when since.AddDays(EffectAfter) <= today:
                return ToGuideAnd([Coordinator], JudgeEffect, since, null, WaitTone.Calm);

            case EffectAssessed:
                return ToGuideAnd([Coordinator], NextStep.Close, since, null, WaitTone.Calm);

            default:
                return [];
        }

        // Her own dialogues: from the first day. The organisation: when it has waited as long as the ladder of reminders says.
        IEnumerable<Waits> Late() =>
            [
                .. late > 0 ? ToGuideAnd([], AskHow, action.DueDate, action.DueDate) : [],
                .. late >= policy.LateDaysSponsor
                    ? new[] { Coordinator, Manager }.Select(role => To(role, null, AskHow, action.DueDate, action.DueDate))
                    : [],
                .. Moved(),
            ];

        IEnumerable<Waits> Moved() =>
            action.DateChanges >= policy.DateChangesPortfolio
                ? [To(Manager, null, TalkAboutDates, since, action.DueDate, WaitTone.Due)]
                : [];
    }

    private static IEnumerable<Waits> OfDialogue(WaitingDialogue row, DateOnly today)
    {
        if (row.Guide is not { } guide)
            yield break;
        switch (row.Stage)
        {
            case Stage.Preparing:
                yield return new(Guide, guide, Prepare, row.Id, row.PreparedOn, null, row.Lacking > 0 ? WaitTone.Due : WaitTone.Calm);
                break;
            case Stage.Lobby:
                yield return new(Guide, guide, Begin, row.Id, row.PreparedOn, null, WaitTone.Calm);
                break;
            case Stage.Running or Stage.Paused:
                yield return new(Guide, guide, End, row.Id, row.PreparedOn, null, WaitTone.Due);
                break;
            case Stage.Closed when row.ReviewOn is { } day && day.AddDays(-LookBackSoon) <= today:
                yield return new(Guide, guide, LookBack, row.Id, day.AddDays(-LookBackSoon), day, ToneOf(day, today, 0));
                break;
        }
    }

    private static IEnumerable<Waits> OfQuestion(WaitingQuestion row) =>
        row is { Closed: false, HasDialogue: false }
            ? [new(WaitsAs.Facilitator, null, ChooseMethod, row.Id, row.RegisteredOn, null, WaitTone.Calm)]
            : [];

    private static IEnumerable<Waits> OfInvitation(WaitingInvitation row, DateOnly today) =>
        !row.Accepted && row.SentOn.AddDays(InvitationDays) <= today
            ? [new(Administrator, null, InviteAgain, row.Id, row.SentOn, row.SentOn.AddDays(InvitationDays), WaitTone.Due)]
            : [];

    private static IEnumerable<Waits> OfLetter(WaitingLetter row) =>
        row is { Sent: false, Attempts: >= LetterAttempts }
            ? [new(Administrator, null, MendMail, row.Id, row.Since, null, WaitTone.Late)]
            : [];

    private static WaitTone ToneOf(DateOnly? by, DateOnly today, int daysLate) =>
        daysLate > 0 || by < today ? WaitTone.Late
        : by <= today.AddDays(Soon) ? WaitTone.Due
        : WaitTone.Calm;
}
