using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Dialogue.Activities.Present;
using Dialogue.Cases;
using Dialogue.Operations;
using Dialogue.Operations.Demo;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.Dialogues;

/// <summary>Facts and cards on the preparing page and over HTTP.</summary>
public sealed partial class MaterialTests(RunningServer server) : IClassFixture<RunningServer>
{
    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;

    private async Task<DialogueId> Prepared(string template = "persoon-geen-groep", string language = "nl")
    {
        var door = server.Get<DemoDoor>();
        var question = await door.As(
            DemoOrganisation.Facilitator,
            new RegisterQuestion("Wie krijgt de coach?", "Een model kiest.", "aiOverheid", "project"),
            Stop
        );
        return (
            await door.As(
                DemoOrganisation.Facilitator,
                new PrepareFromTemplate(question.Value!.Id, template, "Een gesprek", language),
                Stop
            )
        ).Value;
    }

    [Fact, Trait("Finding", "D4")]
    public async Task A_dialogue_has_the_zone_of_its_organisation()
    {
        async Task Move(string zone)
        {
            await using var db = await server.Database();
            await db.Set<Organisations.OrganisationRow>()
                .Where(row => row.Id == DemoOrganisation.OrganisationId)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.TimeZone, zone), Stop);
        }
        await Move("America/Aruba");
        try
        {
            (await State(await Prepared())).TimeZone.ShouldBe("America/Aruba");
        }
        finally
        {
            await Move("Europe/Amsterdam");
        }
    }

    private Task<HttpClient> Facilitator() => server.SignedIn(DemoOrganisation.Facilitator.Email);

    private async Task<DialogueState> State(DialogueId dialogue) => (await server.Live.Read(dialogue, stop: Stop)).State;

    private static async Task<(HttpStatusCode Status, string Html)> Post(
        HttpClient http,
        DialogueId dialogue,
        string form,
        Action<Dictionary<string, string>> fill,
        string language = "nl"
    )
    {
        var address = $"/dialogen/{dialogue}/voorbereiden?culture={language}";
        var page = await http.GetStringAsync(address, Stop);
        var drawn = Forms()
            .Matches(page)
            .Select(match => match.Value)
            .Single(one => one.Contains($"value=\"{form}\"", StringComparison.Ordinal));
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (Match input in Inputs().Matches(drawn))
            fields[input.Groups["name"].Value] = WebUtility.HtmlDecode(input.Groups["value"].Value);
        foreach (Match area in Areas().Matches(drawn))
            fields[area.Groups["name"].Value] = WebUtility.HtmlDecode(area.Groups["value"].Value);
        fill(fields);
        var answer = await http.PostAsync(address, new FormUrlEncodedContent(fields), Stop);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Stop));
    }

    [Fact]
    public async Task A_facilitator_adds_changes_and_takes_out_facts_with_plain_forms()
    {
        var dialogue = await Prepared();
        using var http = await Facilitator();
        (
            await Post(
                http,
                dialogue,
                "prepare",
                fields =>
                {
                    (fields["Facts.Rows[0].Text"], fields["Facts.Rows[0].Certainty"], fields["Facts.Rows[0].Source"]) = (
                        "Het model klopt bij 7 van 10",
                        "known",
                        "Eigen test"
                    );
                    (fields["Facts.Rows[1].Text"], fields["Facts.Rows[1].Certainty"]) = ("Herkomst is niet gemeten", "unknown");
                }
            )
        ).Status.ShouldBe(HttpStatusCode.Redirect);
        (await State(dialogue)).Case!.Facts.ShouldBe([
            new("Het model klopt bij 7 van 10", Certainty.Known, "Eigen test"),
            new("Herkomst is niet gemeten", Certainty.Unknown),
        ]);

        (
            await Post(
                http,
                dialogue,
                "prepare",
                fields =>
                {
                    fields["Facts.Rows[1].Text"] = "Herkomst is nooit gemeten";
                    fields["Facts.Rows[1].Certainty"] = "unknown";
                    fields["Facts.Remove"] = "0";
                }
            )
        ).Status.ShouldBe(HttpStatusCode.Redirect);
        (await State(dialogue)).Case!.Facts.ShouldBe([new("Herkomst is nooit gemeten", Certainty.Unknown)]);
    }

    [Theory, InlineData("nl", "Vul het feit in, of maak de bron leeg."), InlineData("en", "Enter the fact, or clear the source.")]
    public async Task What_was_typed_stays_when_something_is_wrong_and_the_page_says_what(string language, string words)
    {
        var dialogue = await Prepared();
        using var http = await Facilitator();
        var (status, html) = await Post(
            http,
            dialogue,
            "prepare",
            fields =>
            {
                fields["Facts.Rows[0].Text"] = "Dit feit is goed <b>getypt</b>";
                fields["Facts.Rows[1].Source"] = "Alleen een bron";
            },
            language
        );
        status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        html.ShouldContain("class=\"form-summary\"");
        html.ShouldContain(words);
        html.ShouldContain("Dit feit is goed &lt;b&gt;getypt&lt;/b&gt;");
        html.ShouldContain("Alleen een bron");
        (await State(dialogue)).Case!.Facts.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_looks_like_a_citizen_is_asked_about_once_and_then_kept()
    {
        var dialogue = await Prepared();
        using var http = await Facilitator();
        var (status, html) = await Post(http, dialogue, "prepare", fields => fields["Facts.Rows[0].Text"] = "Mail naar yusuf@voorbeeld.nl");
        status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        html.ShouldContain("<q>yusuf@voorbeeld.nl</q>");
        (await State(dialogue)).Case!.Facts.ShouldBeEmpty();

        (
            await Post(
                http,
                dialogue,
                "prepare",
                fields => (fields["Facts.Rows[0].Text"], fields["Facts.Confirmed"]) = ("Mail naar yusuf@voorbeeld.nl", "true")
            )
        ).Status.ShouldBe(HttpStatusCode.Redirect);
        (await Post(http, dialogue, "prepare", fields => fields["Facts.Rows[1].Text"] = "Nog een feit")).Status.ShouldBe(
            HttpStatusCode.Redirect
        );
        (await State(dialogue)).Case!.Facts.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Cards_begin_as_examples_and_become_ones_own()
    {
        var dialogue = await Prepared();
        using var http = await Facilitator();
        var address = $"/dialogen/{dialogue}/voorbereiden?culture=nl";
        Count(await http.GetStringAsync(address, Stop), ">voorbeeld</span>").ShouldBe(6);
        (
            await Post(
                http,
                dialogue,
                "prepare",
                fields =>
                {
                    fields["Cards.Rows[0].Registered"] = "Werkt in een magazijn";
                    fields["Cards.Remove"] = "5";
                }
            )
        ).Status.ShouldBe(HttpStatusCode.Redirect);
        var state = await State(dialogue);
        state.Personas.Length.ShouldBe(5);
        (state.Personas[0].Key, state.Personas[0].Registered).ShouldBe(("yusuf", "Werkt in een magazijn"));
        Count(await http.GetStringAsync(address, Stop), ">voorbeeld</span>").ShouldBe(4);

        (await Post(http, dialogue, "prepare", fields => fields["Cards.Restore"] = "ja")).Status.ShouldBe(HttpStatusCode.Redirect);
        (await State(dialogue)).Personas.ShouldBe(PersonaCards.For("nl"));
    }

    [Fact]
    public async Task One_card_is_too_few_and_nothing_typed_is_lost()
    {
        var dialogue = await Prepared();
        using var http = await Facilitator();
        var (status, html) = await Post(
            http,
            dialogue,
            "prepare",
            fields =>
            {
                foreach (var row in Enumerable.Range(1, 5))
                foreach (var side in new[] { "Name", "Registered", "NotRegistered" })
                    fields[$"Cards.Rows[{row}].{side}"] = "";
                fields["Cards.Rows[0].Name"] = "Iemand anders, 50";
            }
        );
        status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        html.ShouldContain("Een dialoog heeft 2 tot 12 kaarten.");
        html.ShouldContain("Iemand anders, 50");
        (await State(dialogue)).Personas.Length.ShouldBe(6);
    }

    [Fact]
    public async Task Two_facilitators_do_not_write_over_each_other_unseen()
    {
        var dialogue = await Prepared();
        var second = DemoDoor.Member(DemoOrganisation.SecondFacilitator).AccountId;
        await server.Get<DemoDoor>().As(DemoOrganisation.Facilitator, new AddToTeam(dialogue, second), Stop);
        using var http = await Facilitator();
        var (status, html) = await Post(
            http,
            dialogue,
            "prepare",
            fields =>
            {
                server
                    .Get<DemoDoor>()
                    .As(DemoOrganisation.SecondFacilitator, new KeepMaterial(dialogue, [new Fact("Van de ander", Certainty.Known)]), Stop)
                    .GetAwaiter()
                    .GetResult()
                    .Ok.ShouldBeTrue();
                fields["Facts.Rows[0].Text"] = "Van mij";
            }
        );
        status.ShouldBe(HttpStatusCode.Conflict);
        html.ShouldContain("Iemand anders heeft dit intussen gewijzigd");
        html.ShouldContain("Van de ander");
        html.ShouldContain("Van mij");
        (await State(dialogue)).Case!.Facts.Single().Text.ShouldBe("Van de ander");
    }

    [Fact]
    public async Task A_method_without_cards_shows_no_cards_and_a_dialogue_that_runs_shows_no_forms()
    {
        using var http = await Facilitator();
        var without = await http.GetStringAsync($"/dialogen/{await Prepared("kort-gesprek")}/voorbereiden?culture=nl", Stop);
        without.ShouldContain("Facts.Rows[0].Text");
        without.ShouldNotContain("Cards.Rows");

        var dialogue = await Prepared();
        (
            await server.Live.Perform(
                dialogue,
                id: null,
                new RecordMaterial([new("Al bekend", Certainty.Known, "Dossier")]),
                seat: null,
                Role.Organiser
            )
        ).ShouldBeOfType<Answer.Accepted>();
        (
            await server.Live.Perform(dialogue, id: null, new OpenLobby("proef"), seat: null, Role.Organiser)
        ).ShouldBeOfType<Answer.Accepted>();
        (
            await server.Live.Perform(
                dialogue,
                new CommandId(Guid.NewGuid()),
                new StartPhase(new("welkom"), null),
                new SeatId(1),
                Role.None
            )
        ).ShouldBeOfType<Answer.Accepted>();
        var running = await http.GetStringAsync($"/dialogen/{dialogue}/voorbereiden?culture=nl", Stop);
        running.ShouldContain("Al bekend");
        running.ShouldNotContain("Facts.Rows");
        running.ShouldNotContain("Cards.Rows");
    }

    [Fact]
    public async Task A_program_reads_and_keeps_material_and_hears_what_may_point_at_somebody()
    {
        var dialogue = await Prepared(language: "en");
        using var http = await Facilitator();
        var address = $"/api/v1/dialogues/{dialogue}/material";
        var before = await http.GetFromJsonAsync<JsonElement>(address, Stop);
        before.GetProperty("dealsCards").GetBoolean().ShouldBeTrue();
        before.GetProperty("cards").EnumerateArray().ShouldAllBe(card => card.GetProperty("example").GetBoolean());
        before.ToString().ShouldContain("Worked in a warehouse");

        var kept = await (
            await http.PostAsJsonAsync(
                address,
                new { facts = new object[] { new { text = "Call 06 12345678", certainty = "toCheck" } } },
                Stop
            )
        ).Content.ReadFromJsonAsync<JsonElement>(Stop);
        kept.GetProperty("facts")[0].GetProperty("certainty").GetString().ShouldBe("toCheck");
        kept.GetProperty("warnings")[0].GetProperty("kind").GetString().ShouldBe("phone");
        kept.GetProperty("cards").GetArrayLength().ShouldBe(6);

        var cards = new object[]
        {
            new
            {
                name = "Sam, 30",
                registered = "No diploma",
                notRegistered = "Learns every night",
            },
            new
            {
                name = "Kim, 50",
                registered = "Phones",
                notRegistered = "Cannot read",
                key = "kim",
            },
        };
        var dealt = await (await http.PostAsJsonAsync(address, new { cards }, Stop)).Content.ReadFromJsonAsync<JsonElement>(Stop);
        dealt
            .GetProperty("cards")
            .EnumerateArray()
            .Select(card => (card.GetProperty("key").GetString(), card.GetProperty("example").GetBoolean()))
            .ShouldBe([("kaart-1", false), ("kim", false)]);
        dealt.GetProperty("facts").GetArrayLength().ShouldBe(1);

        var refused = await http.PostAsJsonAsync(address, new { cards = cards.Take(1) }, Stop);
        refused.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await refused.Content.ReadFromJsonAsync<JsonElement>(Stop))
            .GetProperty("type")
            .GetString()
            .ShouldBe("urn:dialogue:refusal:cards-out-of-range");
    }

    [Fact]
    public async Task Nobody_but_a_facilitator_of_the_organisation_reads_or_keeps_it()
    {
        var dialogue = await Prepared();
        var address = $"/api/v1/dialogues/{dialogue}/material";
        using var manager = await server.SignedIn(DemoOrganisation.Manager.Email);
        (await manager.GetAsync(address, Stop)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await manager.PostAsJsonAsync(address, new { facts = Array.Empty<object>() }, Stop)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using var nobody = server.Browser();
        (await nobody.GetAsync(address, Stop)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        using var facilitator = await Facilitator();
        (await facilitator.GetAsync($"/api/v1/dialogues/{Guid.NewGuid():N}/material", Stop)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task What_was_prepared_and_what_was_noted_are_facts_of_the_outcome()
    {
        var dialogue = await Prepared();
        async Task Do(DialogueCommand command, int seat = 0) =>
            (
                await server.Live.Perform(
                    dialogue,
                    seat == 0 ? null : new CommandId(Guid.NewGuid()),
                    command,
                    seat == 0 ? null : new SeatId(seat),
                    seat == 0 ? Role.Organiser : Role.None
                )
            ).ShouldBeOfType<Answer.Accepted>();
        await Do(new RecordMaterial([new("Vooraf bekend", Certainty.Known, "Dossier 12"), new("Vooraf onbekend", Certainty.Unknown)]));
        await Do(new OpenLobby("proef"));
        await Do(new StartPhase(new("model"), null), seat: 1);
        await Do(new RecordFact(new("model"), "Ter plekke genoteerd", Certainty.Disputed), seat: 1);
        await Do(new CloseDialogue("proef"), seat: 1);
        using var http = await Facilitator();
        var outcome = await http.GetFromJsonAsync<JsonElement>($"/api/v1/dialogues/{dialogue}/outcome", Stop);
        var facts = outcome
            .GetProperty("records")
            .EnumerateArray()
            .Where(record => record.GetProperty("kind").GetString() == "fact")
            .ToArray();
        facts
            .Select(record => (record.GetProperty("text").GetString(), record.GetProperty("detail").GetProperty("certainty").GetString()))
            .ShouldBe([("Vooraf bekend", "known"), ("Vooraf onbekend", "unknown"), ("Ter plekke genoteerd", "disputed")]);
        facts[0].GetProperty("detail").GetProperty("source").GetString().ShouldBe("Dossier 12");
        facts.ShouldAllBe(record => record.GetProperty("number").GetInt32() > 0);
        (await http.GetStringAsync($"/dialogen/{dialogue}/uitkomst?culture=nl", Stop)).ShouldContain("Dossier 12");
    }

    private static int Count(string html, string words) => html.Split(words).Length - 1;

    [GeneratedRegex("<form\\b.*?</form>", RegexOptions.Singleline, 1000)]
    private static partial Regex Forms();

    [GeneratedRegex("<input\\b[^>]*?name=\"(?<name>[^\"]+)\"[^>]*?value=\"(?<value>[^\"]*)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Inputs();

    [GeneratedRegex("<textarea\\b[^>]*?name=\"(?<name>[^\"]+)\"[^>]*>(?<value>[^<]*)</textarea>", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Areas();
}
