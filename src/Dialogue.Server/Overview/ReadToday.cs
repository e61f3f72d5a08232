using Dialogue.Access;
using Dialogue.Cases;
using Dialogue.Dialogues;
using Dialogue.FollowUp;
using Dialogue.Mailroom;
using Dialogue.Organisations;
using Dialogue.Outcomes;
using Dialogue.Storage;
using Dialogue.Waiting;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.Overview;

/// <summary>The page of today of one member of staff. What waits is decided by <see cref="WhatWaits"/>; this gathers rows.</summary>
public sealed record ReadToday(StaffMember Staff) : IRequest<Today>;

/// <param name="Now">The moment on the clock of the organisation.</param>
/// <param name="Waiting">What waits for this person, the latest first.</param>
/// <param name="Dialogues">The dialogues that this person guides and that are not closed, the newest first.</param>
/// <param name="Questions">Questions without a dialogue, the oldest first; for facilitators.</param>
/// <param name="Own">The agreements that this person owns and that have not ended, the nearest date first.</param>
/// <param name="OwnCount">How many there are in all.</param>
/// <param name="Reviews">The days on which a group looks back, from today on.</param>
/// <param name="Result">The newest agreement of this person that helped people; null when there is none yet.</param>
public sealed record Today(
    DateTimeOffset Now,
    IReadOnlyList<TodayRow> Waiting,
    IReadOnlyList<TodayDialogue> Dialogues,
    IReadOnlyList<TodayQuestion> Questions,
    int QuestionCount,
    IReadOnlyList<ActionSummary> Own,
    int OwnCount,
    IReadOnlyList<TodayReview> Reviews,
    ActionSummary? Result
)
{
    public DateOnly Day => DateOnly.FromDateTime(Now.DateTime);
}

/// <summary>One thing that waits, with the words and the address of what it is about.</summary>
/// <param name="Owner">Whoever owns the agreement, when that is somebody else; null otherwise.</param>
/// <param name="Number">A number that belongs to the step: how often a date was moved, how many parts lack, how many letters.</param>
public sealed record TodayRow(Waits Waits, string Title, string Address, string? Owner, int Number);

/// <param name="Lacking">How many parts of the intake are empty.</param>
public sealed record TodayDialogue(DialogueCard Card, int Lacking);

public sealed record TodayQuestion(Guid Id, string Title, string RegisteredBy, DateOnly On);

public sealed record TodayReview(DateOnly Day, string Title, string Address);

internal sealed class ReadTodayHandler(DialogueDb db, IMediator mediator, Zones zones, TimeProvider time, FollowUpPolicies policies)
    : IRequestHandler<ReadToday, Today>
{
    /// <summary>How many rows of one kind are looked at. Whoever has more waiting than this starts somewhere.</summary>
    private const int Most = 100;
    private const int MostDialogues = 6;
    private const int MostOutcomes = 50;
    private const int Shown = 5;

    /// <summary>The parts of an intake: <see cref="DialogueRules.Lacking"/> names one for each that is empty.</summary>
    public const int PartsOfIntake = 6;

    /// <summary>The days of this organisation; set when a request is handled.</summary>
    private FollowUpPolicy policy = new();

    public async Task<Today> Handle(ReadToday request, CancellationToken cancellationToken)
    {
        var staff = request.Staff;
        policy = await policies.Of(db, staff.OrganisationId, cancellationToken);
        var zone = (await zones.Of(staff.OrganisationId, cancellationToken)).Zone;
        var now = TimeZoneInfo.ConvertTime(time.GetUtcNow(), zone);
        var today = DateOnly.FromDateTime(now.DateTime);

        var actions = await Actions(staff, today, cancellationToken);
        var dialogues = await Dialogues(staff, cancellationToken);
        var looks = await LooksBack(staff, zone, cancellationToken);
        var (questions, questionCount) = await Questions(staff, zone, cancellationToken);
        var letters = staff.Is(StaffRole.Administrator) ? await Letters(staff, zone, cancellationToken) : [];
        var invited = staff.Is(StaffRole.Administrator) ? await Invited(staff, zone, cancellationToken) : [];

        var me = new WaitingPerson(staff.AccountId, staff.Email);
        var rows = new WaitingRows
        {
            Actions = [.. actions.Select(Waiting)],
            Dialogues =
            [
                .. dialogues.Select(one => new WaitingDialogue(
                    one.Card.Id.Value,
                    one.Card.Stage,
                    me,
                    LocalMoment.DateOf(one.Card.PreparedAt, zone),
                    one.Lacking
                )),
                .. looks
                    .Where(look => look.Mine && !look.Again)
                    .Select(look => new WaitingDialogue(look.Dialogue, Stage.Closed, me, look.Closed, ReviewOn: look.Day)),
            ],
            Letters = letters,
            Invitations = [.. invited.Select(one => new WaitingInvitation(one.Account, one.SentOn, Accepted: false))],
        };
        var reader = new WaitingReader(me, RolesOf(staff));
        var waits = WhatWaits.For(reader, rows, today, policy).Where(one => one.Next is not NextStep.Begin).ToList();

        var own = await db.Set<AgreedActionRow>()
            .AsNoTracking()
            .Mine(staff)
            .Where(row => row.OwnerAccountId == staff.AccountId || row.OwnerEmail == staff.Email)
            .Where(row => row.State != ActionState.Closed && row.State != ActionState.Dropped && row.State != ActionState.Superseded)
            .OrderBy(row => row.DueDate)
            .ThenBy(row => row.Id)
            .Take(Shown)
            .ToListAsync(cancellationToken);
        var ownCount =
            own.Count < Shown
                ? own.Count
                : await db.Set<AgreedActionRow>()
                    .Mine(staff)
                    .Where(row => row.OwnerAccountId == staff.AccountId || row.OwnerEmail == staff.Email)
                    .CountAsync(
                        row => row.State != ActionState.Closed && row.State != ActionState.Dropped && row.State != ActionState.Superseded,
                        cancellationToken
                    );

        return new Today(
            now,
            Named(waits, actions, dialogues, looks, letters, invited),
            dialogues,
            questions,
            questionCount,
            [.. own.Select(row => ActionSummary.Of(row, today, policy))],
            ownCount,
            [
                .. looks
                    .Where(look => look.Day >= today && !look.Again)
                    .OrderBy(look => look.Day)
                    .Take(3)
                    .Select(look => new TodayReview(look.Day, look.Title, OutcomeOf(look.Dialogue))),
            ],
            await Result(staff, today, cancellationToken)
        );
    }

    internal static IReadOnlySet<WaitsAs> RolesOf(StaffMember staff) =>
        new[]
        {
            (StaffRole.Facilitator, WaitsAs.Facilitator),
            (StaffRole.Coordinator, WaitsAs.Coordinator),
            (StaffRole.Manager, WaitsAs.Manager),
            (StaffRole.Administrator, WaitsAs.Administrator),
        }
            .Where(pair => staff.Is(pair.Item1))
            .Select(pair => pair.Item2)
            .ToHashSet();

    internal static WaitingAction Waiting(AgreedActionRow row) =>
        new(
            row.Id,
            ActionChanges.Read(row),
            Person(row.OwnerAccountId, row.OwnerEmail),
            Person(row.VerifierAccountId, row.VerifierEmail),
            Person(null, row.GuideEmail)
        );

    private static WaitingPerson? Person(Guid? account, string? email) =>
        account is null && string.IsNullOrWhiteSpace(email) ? null : new WaitingPerson(account, email);

    /// <summary>Every action that can wait for this person, and no other; <see cref="WhatWaits"/> decides which of them do.</summary>
    private async Task<List<AgreedActionRow>> Actions(StaffMember staff, DateOnly today, CancellationToken stop)
    {
        var all = db.Set<AgreedActionRow>().AsNoTracking().Where(row => row.OrganisationId == staff.OrganisationId);
        var open = all.Where(row =>
            row.State != ActionState.Closed && row.State != ActionState.Dropped && row.State != ActionState.Superseded
        );
        var email = ActionAccess.Lower(staff.Email) ?? "-";
        var mine = open.Where(row =>
            row.OwnerAccountId == staff.AccountId
            || row.VerifierAccountId == staff.AccountId
            || row.OwnerEmail == email
            || row.VerifierEmail == email
            || row.GuideEmail == email
        );
        var found = await mine.OrderBy(row => row.DueDate).ThenBy(row => row.Id).Take(Most).ToListAsync(stop);
        if (!staff.Is(StaffRole.Manager) && !staff.Is(StaffRole.Coordinator))
            return found;

        var farLate = today.AddDays(-policy.LateDaysSponsor);
        // Ten working days are at least so many days.
        var unanswered = today.AddDays(-policy.AnswerWorkingDaysSponsor);
        var stuck = open.Where(row =>
            row.State == ActionState.Proposed
            || row.State == ActionState.Declined
            || row.State == ActionState.Blocked
            || row.State == ActionState.EffectAssessed
            || row.State == ActionState.Verified
            || (row.State == ActionState.ReportedDone && row.VerifierName == null)
            || (
                (row.State == ActionState.Offered || row.State == ActionState.HandedOver)
                && (row.AskedOn < unanswered || row.DueDate < today || (row.OwnerEmail == null && row.OwnerAccountId == null))
            )
            || row.DueDate <= farLate
            || row.DateChanges >= policy.DateChangesPortfolio
        );
        found.AddRange(await stuck.OrderBy(row => row.DueDate).ThenBy(row => row.Id).Take(Most).ToListAsync(stop));
        return [.. found.DistinctBy(row => row.Id)];
    }

    private async Task<List<TodayDialogue>> Dialogues(StaffMember staff, CancellationToken stop)
    {
        if (!staff.Is(StaffRole.Facilitator))
            return [];
        var rows = await Guided(staff)
            .Where(row => row.Stage != Stage.Closed)
            .OrderByDescending(row => row.PreparedAt)
            .Take(MostDialogues)
            .ToListAsync(stop);
        var found = new List<TodayDialogue>();
        foreach (var row in rows)
        {
            var lacking = 0;
            if (row.Stage == Stage.Preparing)
            {
                var read = await mediator.Send(new ReadDialogue(new DialogueId(row.Id)), stop);
                lacking = read.Value is { } reading ? DialogueRules.Lacking(reading.State.Intake).Count : 0;
            }
            found.Add(new TodayDialogue(DialogueCard.Of(row), lacking));
        }
        return found;
    }

    private IQueryable<DialogueRow> Guided(StaffMember staff) =>
        db.Set<DialogueRow>()
            .AsNoTracking()
            .Where(row =>
                row.OrganisationId == staff.OrganisationId
                && db.Set<SeatRow>().Any(seat => seat.DialogueId == row.Id && seat.AccountId == staff.AccountId)
            );

    /// <summary>The agreed days of looking back, of one's own dialogues or, for who oversees, of all.</summary>
    private async Task<List<Look>> LooksBack(StaffMember staff, TimeZoneInfo zone, CancellationToken stop)
    {
        var oversees = staff.Is(StaffRole.Manager) || staff.Is(StaffRole.Coordinator);
        if (!oversees && !staff.Is(StaffRole.Facilitator))
            return [];
        var guided = Guided(staff).Select(row => row.Id);
        var visible = db.Set<DialogueRow>().VisibleTo(db, staff).Select(row => row.Id);
        var outcomes = await db.Set<OutcomeRow>()
            .AsNoTracking()
            .Where(row =>
                row.OrganisationId == staff.OrganisationId
                && (oversees || guided.Contains(row.DialogueId))
                && visible.Contains(row.DialogueId)
            )
            .OrderByDescending(row => row.ClosedAt)
            .Take(MostOutcomes)
            .Select(row => new
            {
                row.DialogueId,
                row.CaseId,
                row.Title,
                row.ClosedAt,
                Mine = guided.Contains(row.DialogueId),
            })
            .ToListAsync(stop);
        var ids = outcomes.ConvertAll(one => one.DialogueId);
        var cases = outcomes.ConvertAll(one => one.CaseId);
        var reviews = await db.Set<OutcomeRecordRow>()
            .AsNoTracking()
            .Where(record => ids.Contains(record.DialogueId) && record.Kind == OutcomeKind.Review)
            .Select(record => new { record.DialogueId, record.Detail })
            .ToListAsync(stop);
        var others = await db.Set<DialogueRow>()
            .Where(row => cases.Contains(row.CaseId))
            .Select(row => new
            {
                row.Id,
                row.CaseId,
                row.ClosedAt,
            })
            .ToListAsync(stop);
        return
        [
            .. from outcome in outcomes
            from review in reviews.Where(one => one.DialogueId == outcome.DialogueId)
            let day = OutcomeJson.Read<RecordDetail>(review.Detail).Date
            where day is not null
            select new Look(
                outcome.DialogueId,
                outcome.Title,
                day.Value,
                LocalMoment.DateOf(outcome.ClosedAt, zone),
                outcome.Mine,
                others.Exists(other =>
                    other.CaseId == outcome.CaseId
                    && other.Id != outcome.DialogueId
                    && (other.ClosedAt is null || other.ClosedAt > outcome.ClosedAt)
                )
            ),
        ];
    }

    private async Task<(List<TodayQuestion>, int)> Questions(StaffMember staff, TimeZoneInfo zone, CancellationToken stop)
    {
        if (!staff.Is(StaffRole.Facilitator))
            return ([], 0);
        var without = db.Set<CaseRow>()
            .AsNoTracking()
            .Where(row =>
                row.OrganisationId == staff.OrganisationId && !row.Closed && !db.Set<DialogueRow>().Any(one => one.CaseId == row.Id)
            );
        var found = await without
            .OrderBy(row => row.RegisteredAt)
            .Take(Shown)
            .Select(row => new
            {
                row.Id,
                row.Title,
                row.RegisteredByName,
                row.RegisteredAt,
            })
            .ToListAsync(stop);
        var count = found.Count < Shown ? found.Count : await without.CountAsync(stop);
        return (
            found.ConvertAll(one => new TodayQuestion(one.Id, one.Title, one.RegisteredByName, LocalMoment.DateOf(one.RegisteredAt, zone))),
            count
        );
    }

    /// <summary>Letters of the own organisation that do not get through, as one thing: the oldest of them.</summary>
    private async Task<List<WaitingLetter>> Letters(StaffMember staff, TimeZoneInfo zone, CancellationToken stop)
    {
        var stuck = await db.Set<OutboxRow>()
            .AsNoTracking()
            .Stuck()
            .Where(letter => letter.OrganisationId == staff.OrganisationId)
            .OrderBy(letter => letter.CreatedAt)
            .Take(Most)
            .Select(letter => new
            {
                letter.Id,
                letter.CreatedAt,
                // Refused for good at the first attempt counts as tried enough.
                Attempts = letter.FailedAt != null && letter.Attempts < WhatWaits.LetterAttempts
                    ? WhatWaits.LetterAttempts
                    : letter.Attempts,
            })
            .ToListAsync(stop);
        return stuck.ConvertAll(letter => new WaitingLetter(
            letter.Id,
            LocalMoment.DateOf(letter.CreatedAt, zone),
            letter.Attempts,
            Sent: false
        ));
    }

    /// <summary>Colleagues who have not chosen a password yet, with the day on which they were asked last.</summary>
    private async Task<List<Invitation>> Invited(StaffMember staff, TimeZoneInfo zone, CancellationToken stop)
    {
        var found = await (
            from account in db.Users
            where account.OrganisationId == staff.OrganisationId && account.PasswordHash == null && account.DeactivatedAt == null
            let asked = db.Set<AccountLinkRow>().Where(link => link.AccountId == account.Id).Max(link => (DateTimeOffset?)link.CreatedAt)
            where asked != null
            orderby account.Name
            select new
            {
                account.Id,
                account.Name,
                asked,
            }
        )
            .AsNoTracking()
            .Take(Most)
            .ToListAsync(stop);
        return found.ConvertAll(one => new Invitation(one.Id, one.Name, LocalMoment.DateOf(one.asked!.Value, zone)));
    }

    private async Task<ActionSummary?> Result(StaffMember staff, DateOnly today, CancellationToken stop)
    {
        var email = ActionAccess.Lower(staff.Email) ?? "-";
        var row = await db.Set<AgreedActionRow>()
            .AsNoTracking()
            .Where(one =>
                one.OrganisationId == staff.OrganisationId
                && one.Effect == ActionEffect.Helped
                && (one.OwnerAccountId == staff.AccountId || one.OwnerEmail == email || one.GuideEmail == email)
            )
            .OrderByDescending(one => one.StateSince)
            .FirstOrDefaultAsync(stop);
        return row is null ? null : ActionSummary.Of(row, today, policy);
    }

    private static List<TodayRow> Named(
        List<Waits> waits,
        List<AgreedActionRow> actions,
        List<TodayDialogue> dialogues,
        List<Look> looks,
        List<WaitingLetter> letters,
        List<Invitation> invited
    )
    {
        var byId = actions.ToDictionary(row => row.Id);
        var cards = dialogues.ToDictionary(one => one.Card.Id.Value);
        var back = looks.DistinctBy(look => look.Dialogue).ToDictionary(look => look.Dialogue);
        var people = invited.ToDictionary(one => one.Account);
        var rows = new List<TodayRow>();
        foreach (var one in waits)
        {
            if (byId.TryGetValue(one.Subject, out var action))
            {
                var owner = one.As == WaitsAs.Owner || action.OwnerName.Length == 0 ? null : action.OwnerName;
                rows.Add(new(one, action.Text, $"/opvolging/{action.Id}", owner, action.DateChanges));
            }
            else if (cards.TryGetValue(one.Subject, out var dialogue))
            {
                rows.Add(new(one, dialogue.Card.Title, AddressOf(dialogue.Card), null, dialogue.Lacking));
            }
            else if (back.TryGetValue(one.Subject, out var look))
            {
                rows.Add(new(one, look.Title, OutcomeOf(look.Dialogue), null, 0));
            }
            else if (people.TryGetValue(one.Subject, out var person))
            {
                rows.Add(new(one, person.Name, $"/beheer/mensen/{person.Account}", null, 0));
            }
            else if (one.Next == NextStep.MendMail && rows.All(row => row.Waits.Next != NextStep.MendMail))
            {
                rows.Add(new(one, "", "/beheer/mail", null, letters.Count));
            }
        }
        return rows;
    }

    internal static string AddressOf(DialogueCard card) =>
        card.Stage == Stage.Preparing || card.Code is null ? $"/dialogen/{card.Id}/voorbereiden" : $"/ruimte/{card.Code}/regie";

    private static string OutcomeOf(Guid dialogue) => $"/dialogen/{new DialogueId(dialogue)}/uitkomst";

    private sealed record Invitation(Guid Account, string Name, DateOnly SentOn);

    /// <param name="Again">A later dialogue about the same question is there already.</param>
    private sealed record Look(Guid Dialogue, string Title, DateOnly Day, DateOnly Closed, bool Mine, bool Again);
}
