using Dialogue.Activities.Commit;
using Dialogue.Activities.Decide;
using Dialogue.Activities.Organise;
using Dialogue.Activities.Reflect;

namespace Dialogue;

/// <summary>A dialogue as people reach it: through the pages, by a code. Steps that several tests take.</summary>
internal sealed class Table(Browsers browsers, Visitor guide, Uri? home = null) : IAsyncDisposable
{
    private readonly List<Visitor> all = [guide];

    public Visitor Guide => guide;
    public IReadOnlyList<Visitor> All => all;
    public List<Visitor> People { get; } = [];
    public string Code { get; set; } = "";
    public string Dialogue { get; set; } = "";
    public string ScreenLink { get; private set; } = "";

    public static async Task<Table> Of(Browsers browsers, string locale = "nl-NL") =>
        new(browsers, await Visitor.Arrives(browsers, "the guide", locale: locale));

    /// <summary>From nothing to an open door, as fast as it goes.</summary>
    public static async Task<Table> Opened(Browsers browsers, string template, string language, int participants)
    {
        var table = await Of(browsers, language == "en" ? "en-GB" : "nl-NL");
        await SignIn(table.Guide, "noor.achterberg", language);
        var english = language == "en";
        await table.Register(
            english ? "May we wait?" : "Mogen wij wachten?",
            english ? "A short story about waiting." : "Een kort verhaal over wachten.",
            "other"
        );
        await table.Choose(template, language);
        await table.Guide.Fill("#veld-Opening-Reason", english ? "trial" : "proef");
        await table.Guide["form:has(#veld-Opening-Reason) button[type=submit]"].ClickAsync();
        await table.ReadCode();
        for (var number = 1; number <= participants; number++)
            await table.Joins($"{(english ? "Participant" : "Deelnemer")} {number}", "burger", language: language);
        await table.OpenRoom();
        return table;
    }

    public async Task<Visitor> Comes(string name, int width = 1366, int height = 768, string locale = "nl-NL", bool script = true)
    {
        var visitor = await Visitor.Arrives(browsers, name, width, height, locale, script, home);
        all.Add(visitor);
        return visitor;
    }

    public static async Task SignIn(Visitor visitor, string mailbox, string language = "nl")
    {
        await visitor.Go("/inloggen?culture=" + language);
        await visitor.Fill("#veld-Form-Email", mailbox + "@dwb.voorbeeld");
        await visitor.Fill("#veld-Form-Password", "samen-aan-tafel");
        await visitor["form:has(#veld-Form-Password) button[type=submit]"].ClickAsync();
        await Expect(visitor.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/vandaag$"));
    }

    public async Task Register(string title, string story, string domain)
    {
        await guide.Go("/vragen/nieuw");
        await guide.Fill("#veld-Form-Title", title);
        await guide.Fill("#veld-Form-Story", story);
        await guide["#veld-Form-Domain"].SelectOptionAsync(domain);
        await guide["form:has(#veld-Form-Title) button[type=submit]"].ClickAsync();
        await Expect(guide["h1"]).ToHaveTextAsync(title);
    }

    public async Task Choose(string template, string language)
    {
        await guide["a[href^='/dialogen/nieuw?vraag=']"].ClickAsync();
        await guide["#veld-Form-Language"].SelectOptionAsync(language);
        await guide[$"input[name='Form.Template'][value={template}]"].CheckAsync();
        await guide["form:has(#veld-Form-Language) button[type=submit]"].ClickAsync();
        await Expect(guide["#afspraken-vooraf"]).ToBeVisibleAsync();
        Dialogue = new Uri(guide.Page.Url).Segments[2].TrimEnd('/');
    }

    public async Task ReadCode()
    {
        Code = await guide["#uitnodigen strong.code"].InnerTextAsync();
        ScreenLink = (await guide["#uitnodigen a[href*='/scherm']"].GetAttributeAsync("href"))!;
    }

    public async Task<Visitor> Joins(string name, string perspective, int width = 1366, int height = 768, string language = "nl")
    {
        var visitor = await Comes(name, width, height, language == "en" ? "en-GB" : "nl-NL");
        await visitor.Go($"/meedoen/{Code}?culture={language}");
        await visitor.Fill("#veld-Form-Name", name);
        await visitor["#veld-Form-Perspective"].SelectOptionAsync(perspective);
        await visitor["form:has(#veld-Form-Name) button[type=submit]"].ClickAsync();
        await IsInTheRoom(visitor);
        return visitor;
    }

    public async Task IsInTheRoom(Visitor visitor)
    {
        await Expect(visitor["#room"]).ToHaveAttributeAsync("data-connected", "true");
        People.Add(visitor);
    }

    public async Task OpenRoom()
    {
        await guide.Go($"/ruimte/{Code}/regie");
        await Expect(guide["#room"]).ToHaveAttributeAsync("data-connected", "true");
    }

    /// <summary>On to the next phase: what happens is said first, and all screens follow.</summary>
    public async Task Next(string title, params Visitor[] watching)
    {
        await guide["#controls [data-open=dlg-next]"].ClickAsync();
        await Expect(guide["#dlg-next"]).ToContainTextAsync(title);
        await guide["#f-next button[type=submit]"].ClickAsync();
        foreach (var visitor in (Visitor[])[guide, .. People, .. watching])
            await Expect(visitor["#task-title"]).ToContainTextAsync(title);
    }

    public async Task CloseRound()
    {
        await guide["#f-round button"].ClickAsync();
        await Expect(guide["#f-round[data-command='dialogue/close-round']"]).ToHaveCountAsync(0);
    }

    public async Task End(string? withoutAgreementsBecause = null)
    {
        await guide["#controls > [data-open=dlg-end]"].ClickAsync();
        if (withoutAgreementsBecause is not null)
            await guide.Fill("#no-agreements", withoutAgreementsBecause);
        await guide["#f-close button[type=submit]"].ClickAsync();
        foreach (var visitor in (Visitor[])[guide, .. People])
            await Expect(visitor["#closed a[href$='/uitkomst']"]).ToBeVisibleAsync();
    }

    /// <summary>Writes and sends in the phase that is open.</summary>
    public static async Task Note(Visitor visitor, string text, string? bucket = null)
    {
        if (bucket is not null)
            await visitor[$"#composer input[name=bucket][value={bucket}]"].CheckAsync();
        await visitor.Fill("#composer textarea[name=text]", text);
        await visitor["#composer form.writer button[type=submit]"].ClickAsync();
        await Expect(visitor["#composer textarea[name=text]"]).ToHaveValueAsync("");
        await Expect(visitor["#pending [data-out]"]).ToHaveCountAsync(0);
    }

    public static async Task Give(Visitor visitor, string subject, int value)
    {
        await visitor[$"#answer-{subject} input[value='{value}']"].CheckAsync();
        await visitor[$"#answer-{subject} button[type=submit]"].ClickAsync();
    }

    public static async Task Points(Visitor visitor, string subject, int points)
    {
        await visitor[$"#answers li:has-text('{subject}') button[value='{points}']"].ClickAsync();
        await Expect(visitor[$"#answers li:has-text('{subject}') form[id^=f-ungive]"]).ToBeVisibleAsync();
    }

    /// <summary>The same seat in another browser, as after scanning one's own code on a phone.</summary>
    public async Task<Visitor> OnASecondDevice(Visitor person, string locale = "nl-NL")
    {
        var other = await Comes("a second device", locale: locale);
        await other.Context.AddCookiesAsync(
            (await person.Context.CookiesAsync()).Select(cookie => new Cookie
            {
                Name = cookie.Name,
                Value = cookie.Value,
                Domain = cookie.Domain,
                Path = cookie.Path,
            })
        );
        await other.Go($"/ruimte/{Code}");
        await Expect(other["#room"]).ToHaveAttributeAsync("data-connected", "true");
        return other;
    }

    /// <summary>As the server has it, from its own database.</summary>
    public async Task<DialogueState> State() => (await browsers.Server.Live.Read(DialogueId.Parse(Dialogue, null))).State;

    /// <summary>Whatever somebody wrote while the network was away is there, and is there once.</summary>
    public async Task HasAllOfItOnce(params Visitor[] writers)
    {
        var words = Words(await State()).ToArray();
        foreach (var text in writers.SelectMany(writer => writer.ThroughTheCut))
            words.Count(one => string.Equals(one, text, StringComparison.Ordinal)).ShouldBe(1, text);
    }

    /// <summary>All that people wrote.</summary>
    public static IEnumerable<string> Words(DialogueState state) =>
        state
            .Items.Values.Where(held => !held.Withdrawn)
            .Select(held => held.Item.Text)
            .Concat(
                state.Phases.SelectMany(phase =>
                    phase.State switch
                    {
                        OrganiseState organised => organised.Tensions.Select(one => one.Text),
                        DecideState decided =>
                        [
                            .. decided.Taken.Values.Select(one => one.Reason),
                            .. decided.Objections.Select(one => one.Reason),
                            .. decided.MinorityViews.Select(one => one.Text),
                        ],
                        CommitState committed => committed.Agreements.Select(one => one.Text),
                        ReflectState reflected => reflected.Revealed?.Sentences ?? [],
                        _ => Enumerable.Empty<string>(),
                    }
                )
            );

    public async ValueTask DisposeAsync()
    {
        foreach (var visitor in all)
            await visitor.DisposeAsync();
    }
}
