using System.Globalization;
using Dialogue.Access;
using Dialogue.Storage;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.Cases;

/// <summary>The register of the organisation, newest first, a page at a time.</summary>
/// <param name="State">open, closed, or null for both.</param>
/// <param name="Before">The number of the last case of the page before: this page begins below it, whatever was added meanwhile.</param>
public sealed record ListQuestions(string? Search = null, string? State = null, string? Domain = null, string? Before = null)
    : IRequest<QuestionPage>
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet(
                "/api/v1/cases",
                async (string? search, string? state, string? domain, string? before, IMediator mediator, CancellationToken stop) =>
                    await mediator.Send(new ListQuestions(search, state, domain, before), stop)
            )
            .RequireAuthorization(new StaffOnlyAttribute())
            .WithName("ListQuestions")
            .WithTags("Cases")
            .ProducesProblem(401);
}

/// <param name="Before">What to ask for the next page, or null when this was the last.</param>
public sealed record QuestionPage(IReadOnlyList<QuestionLine> Questions, string? Before);

public sealed record QuestionLine(
    Guid Id,
    string Number,
    string Title,
    string Domain,
    bool Closed,
    DateTimeOffset RegisteredAt,
    string RegisteredBy
);

internal sealed class ListQuestionsHandler(DialogueDb db, ICurrentStaff current) : IRequestHandler<ListQuestions, QuestionPage>
{
    public const int PageSize = 30;

    public async Task<QuestionPage> Handle(ListQuestions request, CancellationToken cancellationToken)
    {
        if (await current.Get(cancellationToken) is not { } staff)
            return new QuestionPage([], null);
        var cases = db.Set<CaseRow>().AsNoTracking().Where(c => c.OrganisationId == staff.OrganisationId);
        if (Folded.Of(PlainText.Line(request.Search)) is { Length: > 0 } search)
        {
            if (search.Length > 100)
                search = search[..(char.IsHighSurrogate(search[99]) ? 99 : 100)];
            var pattern =
                "%"
                + search
                    .Replace("\\", "\\\\", StringComparison.Ordinal)
                    .Replace("%", "\\%", StringComparison.Ordinal)
                    .Replace("_", "\\_", StringComparison.Ordinal)
                    .Replace("[", "\\[", StringComparison.Ordinal)
                + "%";
            cases = cases.Where(c => EF.Functions.Like(c.SearchText, pattern, "\\"));
        }

        if (request.State is "open" or "closed")
        {
            var closed = request.State == "closed";
            cases = cases.Where(c => c.Closed == closed);
        }

        if (CaseWords.Domains.Contains(request.Domain))
            cases = cases.Where(c => c.Domain == request.Domain);
        if (Place(request.Before) is var (year, number))
            cases = cases.Where(c => c.Year < year || (c.Year == year && c.NumberInYear < number));

        var rows = await cases
            .OrderByDescending(c => c.Year)
            .ThenByDescending(c => c.NumberInYear)
            .Take(PageSize + 1)
            .ToListAsync(cancellationToken);
        var lines = rows.Take(PageSize)
            .Select(c => new QuestionLine(c.Id, c.Number, c.Title, c.Domain, c.Closed, c.RegisteredAt, c.RegisteredByName))
            .ToList();
        return new QuestionPage(lines, rows.Count > PageSize ? lines[^1].Number : null);
    }

    private static (int Year, int Number)? Place(string? before) =>
        before?.Split('-') is [var year, var number]
        && int.TryParse(year, NumberStyles.None, CultureInfo.InvariantCulture, out var y)
        && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var n)
            ? (y, n)
            : null;
}
