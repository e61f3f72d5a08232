using Dialogue.Access;
using Dialogue.Cases;
using Dialogue.Organisations;
using Dialogue.Storage;
using Dialogue.Templates;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.Dialogues;

/// <summary>A facilitator prepares a dialogue for a case: the template is copied whole, and the facilitator has the first seat.</summary>
public sealed record PrepareFromTemplate(Guid CaseId, string Template, string Title, string Language) : IRequest<Result<DialogueId>>;

internal sealed class PrepareFromTemplateHandler(
    LiveDialogues dialogues,
    TemplateFolder templates,
    IMediator mediator,
    ICurrentStaff staff,
    IDbContextFactory<DialogueDb> databases,
    TimeProvider time
) : IRequestHandler<PrepareFromTemplate, Result<DialogueId>>
{
    public async Task<Result<DialogueId>> Handle(PrepareFromTemplate ask, CancellationToken cancellationToken)
    {
        if (await staff.Get(cancellationToken) is not { } member || !member.Is(StaffRole.Facilitator))
            return RefusalCode.NotAllowed;
        var found = await mediator.Send(new ReadCase(ask.CaseId), cancellationToken);
        if (!found.Ok)
            return found.Refusal!;
        var question = found.Value!;
        var brief = new CaseBrief(new CaseId(question.Id), question.Title, question.Story, question.Domain, []);
        if (templates.Find(ask.Template) is not { } template)
            return RefusalCode.TemplateInvalid;
        var (level, unit, zone) = await Standard(member, ask.CaseId, cancellationToken);
        var dialogue = new DialogueId(Guid.CreateVersion7(time.GetUtcNow()));
        var personas = template.Phases.Any(phase => phase.Set<Activities.Contribute.ContributeSettings>().Personas)
            ? PersonaCards.For(ask.Language)
            : [];
        var answer = await dialogues.Perform(
            dialogue,
            id: null,
            new PrepareDialogue(ask.Title, ask.Language, brief, template, personas, zone),
            seat: null,
            Role.Organiser,
            (state, db) =>
            {
                db.Add(
                    new DialogueTeamRow
                    {
                        DialogueId = dialogue.Value,
                        AccountId = member.AccountId,
                        AddedBy = member.AccountId,
                        AddedAt = time.GetUtcNow(),
                    }
                );
                db.Add(
                    new DialogueRow
                    {
                        Id = dialogue.Value,
                        OrganisationId = member.OrganisationId,
                        CaseId = ask.CaseId,
                        Title = state.Title,
                        Template = template.Key,
                        Language = state.Language,
                        Stage = state.Stage,
                        Level = level,
                        UnitId = unit,
                        Facilitator = member.Name,
                        PreparedAt = time.GetUtcNow(),
                    }
                );
            }
        );
        if (answer is Answer.Refused refused)
            return refused;
        var seat = await Seats.Take(dialogues, dialogue, new TakeSeat(member.Name, "", Role.Facilitator), member.AccountId);
        return seat.Ok ? dialogue : seat.Refusal!;
    }

    /// <summary>
    /// The level that the organisation has set for new dialogues, and the unit: that of whoever registered the question, else the own.
    /// </summary>
    private async Task<(DialogueLevel Level, Guid? Unit, string Zone)> Standard(StaffMember member, Guid question, CancellationToken stop)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        var organisation = await db.Set<OrganisationRow>()
            .Where(row => row.Id == member.OrganisationId)
            .Select(row => new { row.Level, row.TimeZone })
            .SingleAsync(stop);
        var registeredBy = await db.Set<CaseRow>().Where(row => row.Id == question).Select(row => row.RegisteredBy).SingleAsync(stop);
        var units = await db
            .Users.Where(account =>
                account.OrganisationId == member.OrganisationId && (account.Id == registeredBy || account.Id == member.AccountId)
            )
            .Select(account => new { account.Id, account.UnitId })
            .ToListAsync(stop);
        var unit = units.Find(one => one.Id == registeredBy)?.UnitId ?? units.Find(one => one.Id == member.AccountId)?.UnitId;
        return (organisation.Level, unit, organisation.TimeZone);
    }
}

/// <summary>Keeps the card of a dialogue in step with its log, in the same transaction.</summary>
internal sealed class KeepCard : IWhenAppended
{
    public async Task Appended(DialogueDb db, Appended appended, CancellationToken stop)
    {
        if (appended.Before.Stage == appended.After.Stage || appended.Before.Stage == Stage.None)
            return;
        await db.Set<DialogueRow>()
            .Where(row => row.Id == appended.Dialogue.Value)
            .ExecuteUpdateAsync(
                set => set.SetProperty(row => row.Stage, appended.After.Stage).SetProperty(row => row.ClosedAt, appended.After.ClosedAt),
                stop
            );
    }
}
