using Dialogue.Access;
using Dialogue.Storage;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.Cases;

/// <summary>
/// Another module that knows what came of a case. The register knows none of them: each adds its own steps to the chain
/// question → dialogue → argument and value → decision → agreement → evidence → effect.
/// </summary>
public interface ITellsOfCase
{
    /// <summary>The steps of one case, which belongs to the organisation of whoever asks.</summary>
    Task<IReadOnlyList<CaseStep>> Tell(Guid caseId, CancellationToken stop);
}

/// <summary>Something that came of a case.</summary>
/// <param name="Id">Letters, digits and hyphens, unique within the case, the same at every reading; made by <see cref="IdOf"/> for what a
/// dialogue left.</param>
/// <param name="Dialogue">The dialogue it belongs to; null for what stands apart.</param>
/// <param name="Kind">
/// <c>dialogue</c>; what it left: <c>fact effect argument option value question ... decision minorityView openQuestion agreement risk
/// review</c>; and what became of an agreement: <c>state evidence verdict effectSeen</c>.
/// </param>
/// <param name="Text">In people's own words.</param>
/// <param name="Note">A second line, such as who, by when, or a certainty, in the language of the reader.</param>
/// <param name="Address">A page that says more.</param>
public sealed record CaseStep(
    string Id,
    Guid? Dialogue,
    string Kind,
    DateTimeOffset At,
    string Text,
    string? Note = null,
    string? Address = null
)
{
    /// <summary>How it looks where it stands; of a <c>state</c> only.</summary>
    public CaseStanding? Standing { get; init; }

    /// <summary>What this came from: the steps behind its 'why'.</summary>
    public IReadOnlyList<CaseCause> From { get; init; } = [];

    public static string IdOf(Guid dialogue, string local) => $"d{dialogue:N}"[..13] + dialogue.ToString("N")[^6..] + "-" + local;

    public static string IdOf(Guid dialogue, ItemId item) => IdOf(dialogue, item.ToString());
}

/// <summary>How the state of an agreement looks: the kind of its pill, and the place and kind of its line of seven steps.</summary>
/// <param name="Pill">One of <see cref="Look.StatePill.Shapes"/>.</param>
/// <param name="Late">The words for how late it is; null when it is not late.</param>
public sealed record CaseStanding(string Pill, int Step, string Track, string? Late);

/// <param name="Step">The id of a step of the same case.</param>
/// <param name="Kind">because, serves, strains, recheck, beside or of.</param>
public sealed record CaseCause(string Step, string Kind);

/// <summary>The whole chain of a case, for staff of its organisation.</summary>
public sealed record ReadCaseChain(Guid Id) : IRequest<Result<CaseChain>>;

/// <summary>A case with all its steps in the order of time, walkable both ways.</summary>
public sealed record CaseChain(CaseReading Case, IReadOnlyList<CaseStep> Steps)
{
    private readonly Dictionary<string, CaseStep> byId = Steps
        .DistinctBy(step => step.Id, StringComparer.Ordinal)
        .ToDictionary(step => step.Id, StringComparer.Ordinal);
    private readonly ILookup<string, CaseStep> led = Steps
        .SelectMany(step => step.From, (step, cause) => (cause.Step, step))
        .ToLookup(pair => pair.Step, pair => pair.step, StringComparer.Ordinal);

    public IEnumerable<CaseStep> Dialogues => Steps.Where(step => step.Kind == "dialogue");

    public IEnumerable<CaseStep> Of(CaseStep dialogue, params string[] kinds) =>
        Steps.Where(step => step.Dialogue == dialogue.Dialogue && kinds.Contains(step.Kind));

    /// <summary>What a step came from, as far as it is still there.</summary>
    public IEnumerable<(CaseStep Step, string Kind)> Why(CaseStep step) =>
        step.From.Where(cause => byId.ContainsKey(cause.Step)).Select(cause => (byId[cause.Step], cause.Kind));

    /// <summary>What a step led to.</summary>
    public IEnumerable<CaseStep> LedTo(CaseStep step) => led[step.Id].Distinct();
}

internal sealed class ReadCaseChainHandler(DialogueDb db, ICurrentStaff current, IEnumerable<ITellsOfCase> tellers)
    : IRequestHandler<ReadCaseChain, Result<CaseChain>>
{
    public async Task<Result<CaseChain>> Handle(ReadCaseChain request, CancellationToken cancellationToken)
    {
        if (await current.Get(cancellationToken) is not { } staff)
            return RefusalCode.NotAllowed;
        var row = await db.Set<CaseRow>()
            .AsNoTracking()
            .SingleOrDefaultAsync(c => c.Id == request.Id && c.OrganisationId == staff.OrganisationId, cancellationToken);
        if (row is null)
            return RefusalCode.NoSuchItem;
        var steps = new List<CaseStep>();
        foreach (var teller in tellers)
            steps.AddRange(await teller.Tell(row.Id, cancellationToken));
        return new CaseChain(CaseReading.Of(row, staff), [.. steps.OrderBy(step => step.At)]);
    }
}
