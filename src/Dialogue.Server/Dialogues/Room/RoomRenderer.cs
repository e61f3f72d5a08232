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
/// </summary>
public sealed class RoomRenderer(IServiceProvider services, ILoggerFactory loggers, IStringLocalizer<Words> words)
{
    /// <summary>One use of the renderer: for one round, or one answer, of one dialogue, by one caller at a time.</summary>
    public Drawing Begin() => new(services, loggers, words);
}

/// <summary>
/// What is drawn in one go shares its tools, which are laid out when the first part asks for them. A long-lived <see cref="HtmlRenderer"/>
/// keeps
/// memory for each rendering, so it lives no longer than this.
/// </summary>
public sealed class Drawing(IServiceProvider services, ILoggerFactory loggers, IStringLocalizer<Words> words) : IAsyncDisposable
{
    private AsyncServiceScope? scope;
    private HtmlRenderer? html;

    /// <summary>Changes for everybody with this role and language after these events, which are already filtered for that role.</summary>
    public ValueTask<IReadOnlyList<Change>> Shared(RoomView view, IReadOnlyList<DialogueEvent> visible)
    {
        var everyone = view.Everyone;
        return Draw(everyone, visible.SelectMany(happened => Regions.Shared(everyone, happened)));
    }

    /// <summary>Changes for this one seat, on top of what is shared.</summary>
    public ValueTask<IReadOnlyList<Change>> Private(RoomView view, IReadOnlyList<DialogueEvent> visibleToSeat) =>
        Draw(view, visibleToSeat.SelectMany(happened => Regions.Private(view, happened)));

    /// <summary>Who is here, for guides, and how many of them are ready, for all: after somebody came, went or was ready.</summary>
    public ValueTask<IReadOnlyList<Change>> Presence(RoomView view) => Draw(view.Everyone, Regions.Presence(view));

    /// <summary>What everybody must know about saving.</summary>
    public ValueTask<IReadOnlyList<Change>> Notices(RoomView view) => Draw(view.Everyone, [Regions.Saving]);

    public async ValueTask DisposeAsync()
    {
        if (html is not null)
            await html.DisposeAsync();
        if (scope is { } opened)
            await opened.DisposeAsync();
    }

    private async ValueTask<IReadOnlyList<Change>> Draw(RoomView view, IEnumerable<Part> asked)
    {
        var parts = Needed(view, asked);
        if (parts.Count == 0)
            return [];
        var tools = html ??= Open(view);
        return await tools.Dispatcher.InvokeAsync(async () =>
        {
            using var speaking = Language.Speak(view.Language);
            var changes = new List<Change>(parts.Count);
            foreach (var part in parts)
            {
                if (part.Words is { } said)
                    changes.Add(new Change(part.Do, part.Target, said(words)));
                else if (part.Face is null)
                    changes.Add(new Change(part.Do, part.Target));
                else
                    changes.Add(new Change(part.Do, part.Target, await Html(tools, view, part), part.Into));
            }

            return changes;
        });
    }

    /// <summary>The renderer asks for services that live as long as a request; outside one, each sitting is its own scope.</summary>
    private HtmlRenderer Open(RoomView view)
    {
        var opened = services.CreateAsyncScope();
        scope = opened;
        // A form without an address gets that of the page; here there is no page, so the room is named.
        if (opened.ServiceProvider.GetService<NavigationManager>() is IHostEnvironmentNavigationManager place)
        {
            var home = new Uri(view.JoinAddress).GetLeftPart(UriPartial.Authority);
            place.Initialize(home + "/", $"{home}/ruimte/{view.Code}");
        }

        return new HtmlRenderer(opened.ServiceProvider, loggers);
    }

    /// <summary>Each target once, as it is now; nothing inside a region that is drawn whole.</summary>
    private static List<Part> Needed(RoomView view, IEnumerable<Part> asked)
    {
        var needed = new List<Part>();
        foreach (var part in asked)
        {
            if (!Regions.Has(view, part))
                continue;
            if (part.Do != "say")
                needed.RemoveAll(earlier => earlier.Do != "say" && earlier.Target == part.Target);
            needed.Add(part);
        }

        if (needed.Count > 1)
            needed.RemoveAll(part => part.Region is { } region && needed.Exists(whole => whole.Do == "morph" && whole.Target == region));
        return needed;
    }

    private static async Task<string> Html(HtmlRenderer html, RoomView view, Part part)
    {
        var parameters = new Dictionary<string, object?>(StringComparer.Ordinal) { [nameof(RoomPart.View)] = view };
        if (part.Of is { } of)
            parameters[of.Name] = of.Value;
        var root = await html.RenderComponentAsync(part.Face!, ParameterView.FromDictionary(parameters));
        return root.ToHtmlString();
    }
}
