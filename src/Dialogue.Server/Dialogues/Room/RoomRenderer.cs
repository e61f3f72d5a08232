using Dialogue.Dialogues.Room.Parts;
using Dialogue.Look;
using Dialogue.Wire;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Localization;

namespace Dialogue.Dialogues.Room;

/// <summary>
/// Draws what changed in a room as fragments of HTML, outside any request. What is shared is drawn once for each role and language,
/// and never from anything of one seat: the view is stripped of its seat before a part sees it.
/// A long-lived <see cref="HtmlRenderer"/> keeps memory for each rendering, so each call has its own.
/// </summary>
public sealed class RoomRenderer(IServiceProvider services, ILoggerFactory loggers, IStringLocalizer<Words> words)
{
    /// <summary>Changes for everybody with this role and language after these events, which are already filtered for that role.</summary>
    public Task<IReadOnlyList<Change>> Shared(RoomView view, IReadOnlyList<DialogueEvent> visible)
    {
        var everyone = view.Everyone;
        return Draw(everyone, visible.SelectMany(happened => Regions.Shared(everyone, happened)));
    }

    /// <summary>Changes for this one seat, on top of what is shared.</summary>
    public Task<IReadOnlyList<Change>> Private(RoomView view, IReadOnlyList<DialogueEvent> visibleToSeat) =>
        Draw(view, visibleToSeat.SelectMany(happened => Regions.Private(view, happened)));

    /// <summary>The list of participants for guides, after somebody came or went.</summary>
    public async Task<Change> People(RoomView view) => (await Draw(view.Everyone, [Regions.People]))[0];

    private async Task<IReadOnlyList<Change>> Draw(RoomView view, IEnumerable<Part> asked)
    {
        var parts = Needed(view, asked);
        if (parts.Count == 0) return [];
        // The renderer asks for services that live as long as a request; outside one, each drawing is its own scope.
        await using var scope = services.CreateAsyncScope();
        // A form without an address gets that of the page; here there is no page, so the room is named.
        if (scope.ServiceProvider.GetService<NavigationManager>() is IHostEnvironmentNavigationManager place)
        {
            var home = new Uri(view.JoinAddress).GetLeftPart(UriPartial.Authority);
            place.Initialize(home + "/", $"{home}/ruimte/{view.Code}");
        }

        await using var html = new HtmlRenderer(scope.ServiceProvider, loggers);
        return await html.Dispatcher.InvokeAsync(async () =>
        {
            using var speaking = Language.Speak(view.Language);
            var changes = new List<Change>(parts.Count);
            foreach (var part in parts)
            {
                if (part.Words is { } said) changes.Add(new Change(part.Do, part.Target, said(words)));
                else if (part.Face is null) changes.Add(new Change(part.Do, part.Target));
                else changes.Add(new Change(part.Do, part.Target, await Html(html, view, part), part.Into));
            }

            return changes;
        });
    }

    /// <summary>Each target once, as it is now; nothing inside a region that is drawn whole.</summary>
    private static List<Part> Needed(RoomView view, IEnumerable<Part> asked)
    {
        var all = asked.Where(part => Regions.Has(view, part)).ToArray();
        var whole = all.Where(part => part.Do == "morph").Select(part => part.Target).ToHashSet(StringComparer.Ordinal);
        var needed = new List<Part>(all.Length);
        foreach (var part in all)
        {
            if (part.Region is { } region && whole.Contains(region)) continue;
            if (part.Do != "say") needed.RemoveAll(earlier => earlier.Do != "say" && earlier.Target == part.Target);
            needed.Add(part);
        }

        return needed;
    }

    private static async Task<string> Html(HtmlRenderer html, RoomView view, Part part)
    {
        var parameters = new Dictionary<string, object?>(StringComparer.Ordinal) { [nameof(RoomPart.View)] = view };
        if (part.Of is { } of) parameters[of.Name] = of.Value;
        var root = await html.RenderComponentAsync(part.Face!, ParameterView.FromDictionary(parameters));
        return root.ToHtmlString();
    }
}
