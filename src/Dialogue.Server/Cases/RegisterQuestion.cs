using Dialogue.Access;
using Dialogue.Operations;
using Dialogue.Organisations;
using Dialogue.Storage;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.Cases;

/// <summary>Puts an ethical question in the register of the organisation. Any member of staff may.</summary>
public sealed record RegisterQuestion(string? Title = null, string? Story = null, string? Domain = null, string? Trigger = null)
    : IRequest<Result<RegisteredQuestion>>
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapPost(
                "/api/v1/cases",
                async (RegisterQuestion question, IMediator mediator, CancellationToken stop) =>
                    (await mediator.Send(question, stop)).Reply()
            )
            .RequireAuthorization(new StaffOnlyAttribute())
            .WithName("RegisterQuestion")
            .WithTags("Cases")
            .Produces<RegisteredQuestion>()
            .ProducesProblem(401)
            .ProducesProblem(422);
}

/// <param name="Warnings">What in the words may point at a citizen; the question is registered all the same.</param>
public sealed record RegisteredQuestion(Guid Id, string Number, IReadOnlyList<Suspected> Warnings);

internal sealed class RegisterQuestionHandler(DialogueDb db, ICurrentStaff current, TimeProvider time)
    : IRequestHandler<RegisterQuestion, Result<RegisteredQuestion>>
{
    private const int Attempts = 8;

    public async Task<Result<RegisteredQuestion>> Handle(RegisterQuestion request, CancellationToken cancellationToken)
    {
        if (await current.Get(cancellationToken) is not { } staff)
            return RefusalCode.NotAllowed;
        var words = CaseText.Read(request.Title, request.Story, request.Domain, request.Trigger);
        if (!words.Ok)
            return words.Refusal!;
        var text = words.Value!;

        var zone = await db.Set<OrganisationRow>()
            .Where(o => o.Id == staff.OrganisationId)
            .Select(o => o.TimeZone)
            .SingleAsync(cancellationToken);
        var now = time.GetUtcNow();
        var year = TimeZoneInfo.ConvertTime(now, Zones.Find(zone)).Year;
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var number =
                await db.Set<CaseRow>()
                    .Where(c => c.OrganisationId == staff.OrganisationId && c.Year == year)
                    .MaxAsync(c => (int?)c.NumberInYear, cancellationToken)
                ?? 0;
            var row = new CaseRow
            {
                Id = Guid.CreateVersion7(now),
                OrganisationId = staff.OrganisationId,
                Year = year,
                NumberInYear = number + 1,
                Title = text.Title,
                Story = text.Story,
                Domain = text.Domain,
                Trigger = text.Trigger,
                RegisteredBy = staff.AccountId,
                RegisteredByName = staff.Name,
                RegisteredAt = now,
            };
            db.Add(row);
            try
            {
                await db.SaveChangesAsync(cancellationToken);
                return new RegisteredQuestion(row.Id, row.Number, PersonalDetails.In(text.Title, text.Story));
            }
            catch (DbUpdateException e) when (UniqueViolation.Is(e))
            {
                db.Entry(row).State = EntityState.Detached;
            }
        }

        return RefusalCode.Busy;
    }
}

/// <summary>The words of a case, clean and within their limits.</summary>
internal sealed record CaseText(string Title, string Story, string Domain, string Trigger)
{
    public static Result<CaseText> Read(string? title, string? story, string? domain, string? trigger)
    {
        var cleanTitle = PlainText.Read(title, Limits.ShortTextLength);
        if (!cleanTitle.Ok)
            return cleanTitle.Refusal!;
        var cleanStory = PlainText.Read(story);
        if (!cleanStory.Ok)
            return cleanStory.Refusal!;
        domain = string.IsNullOrEmpty(domain) ? "other" : domain;
        trigger = string.IsNullOrEmpty(trigger) ? "signal" : trigger;
        if (!CaseWords.Domains.Contains(domain) || !CaseWords.Triggers.Contains(trigger))
            return RefusalCode.UnknownKind;
        return new CaseText(cleanTitle.Value!, cleanStory.Value!, domain, trigger);
    }
}
