using Dialogue.Activities;

namespace Dialogue.Templates;

/// <summary>What a schema cannot see: whether phases refer to phases that exist and settings fit their activity.</summary>
public static class TemplateCheck
{
    /// <summary>Everything that is wrong, as 'phase key: reason'; empty when the template can be held.</summary>
    public static IEnumerable<string> Problems(SessionTemplate template)
    {
        if (template.Phases.Count is 0 or > 40)
            yield return "a template has 1 to 40 phases";
        foreach (var twice in template.Phases.GroupBy(phase => phase.Key).Where(group => group.Count() > 1))
            yield return $"{twice.Key}: the key is used twice";
        var earlier = new HashSet<string>(StringComparer.Ordinal);
        foreach (var phase in template.Phases)
        {
            if (ActivityCatalogue.Find(phase.Activity) is not { } activity)
                yield return $"{phase.Key}: unknown activity '{phase.Activity}'; known are: "
                    + $"{string.Join(", ", ActivityCatalogue.All.Select(known => known.Name))}";
            else
                foreach (var problem in activity.Problems(phase, template))
                    yield return $"{phase.Key}: {problem}";
            foreach (var from in phase.Settings.WorksOn().Where(from => !earlier.Contains(from)))
                yield return $"{phase.Key}: 'from' names '{from}', which is no earlier phase";
            foreach (var key in Twice(phase))
                yield return $"{phase.Key}: the key '{key}' is used twice in one list";
            if (phase.Minutes is < 0 or > Limits.MinutesPerPhase)
                yield return $"{phase.Key}: 'minutes' must be from 0 to {Limits.MinutesPerPhase}";
            earlier.Add(phase.Key);
        }
    }

    private static IEnumerable<string> Twice(PhaseTemplate phase) =>
        phase
            .Settings.Lists()
            .SelectMany(list => list.GroupBy(choice => choice.Key).Where(group => group.Count() > 1).Select(group => group.Key));
}
