using System.Globalization;
using Dialogue.Activities.Assess;
using Dialogue.Activities.Decide;

namespace Dialogue;

/// <summary>
/// What somebody does wrong, or too late, or with tools of their own: it is explained in their language, what was typed stays, and nothing
/// is stored.
/// </summary>
public sealed class RefusedTests(Browsers browsers)
{
    private const string Box = "#composer textarea[name=text]";

    [Fact]
    public async Task A_code_that_nobody_knows_is_explained_and_stays_in_its_box()
    {
        await using var table = await Table.Of(browsers);
        foreach (var (language, title) in new[] { ("nl", "Wij kennen deze code niet"), ("en", "We do not know this code") })
        {
            var wrong = await table.Comes(
                "somebody with a wrong code in " + language,
                390,
                844,
                locale: language == "nl" ? "nl-NL" : "en-GB"
            );
            wrong.MaySay = said => said.Contains("404", StringComparison.Ordinal);
            await wrong.Go("/");
            await wrong.Fill("#veld-code", "xxx xxx xxx");
            await wrong.Keys("Enter");
            await Expect(wrong["h1"]).ToHaveTextAsync(title);
            await Expect(wrong["[role=alert]"]).ToContainTextAsync("XXX-XXX-XXX");
            (await wrong["#veld-code"].InputValueAsync()).Replace("-", "", StringComparison.Ordinal).ShouldBe("XXXXXXXXX");
            await wrong.IsAccessible("wrong code");
            wrong.HadNoTrouble();
        }
    }

    [Fact]
    public async Task What_is_refused_while_writing_is_explained_and_kept()
    {
        await using var table = await Table.Opened(browsers, "persoon-geen-groep", "nl", participants: 1);
        var person = table.People[0];
        await table.Next("Welkom");
        await table.Next("Wat doet het model?");
        await table.Next("Wat ziet het model van mij?");

        // Nothing at all; and longer than a server takes, past what the box allows.
        await person["#composer form.writer button[type=submit]"].ClickAsync();
        await Expect(person["#composer .field__error"]).ToHaveTextAsync("Vul eerst een tekst in.");
        var longer = new string('a', 4_100);
        await person[Box].EvaluateAsync("box => box.removeAttribute('maxlength')");
        await person.Fill(Box, longer);
        await person["#composer form.writer button[type=submit]"].ClickAsync();
        await Expect(person["#composer .field__error"]).ToHaveTextAsync("Uw tekst is te lang. Gebruik hoogstens 4000 tekens.");
        await Expect(person[Box]).ToHaveValueAsync(longer);
        await StoredNothing(table);

        // A participant makes a form say what only a guide may say.
        await person["#composer form.writer"]
            .EvaluateAsync(
                """
                form => {
                    form.dataset.command = "dialogue/close";
                    delete form.dataset.phase;
                    for (const field of [...form.elements]) if (field.name === "text") field.name = "noAgreementsBecause"; else field.removeAttribute("name");
                }
                """
            );
        await person.Fill("#composer textarea", "Ik stuur de zaal naar huis.");
        await person["#composer form.writer button[type=submit]"].ClickAsync();
        await Expect(person["#composer .field__error"]).ToHaveTextAsync("U mag dit hier niet doen. Vraag het aan de gespreksleider.");
        await Expect(person["#composer textarea"]).ToHaveValueAsync("Ik stuur de zaal naar huis.");
        (await table.State()).Stage.ShouldBe(Stage.Running);

        // The page of the guide is not for a participant, whatever is in the address.
        await person.Go($"/ruimte/{table.Code}/regie");
        await Expect(person["#task-title"]).ToBeVisibleAsync();
        await Expect(person["#controls"]).ToHaveCountAsync(0);

        // Sent and half written in a phase that is over by the time the network is back: not placed, explained, and still there to read.
        await person.Fill(Box, "Net te laat geschreven.");
        await person.LosesTheNetwork();
        await person["#composer form.writer button[type=submit]"].ClickAsync();
        await person[Box].FocusAsync();
        await person.Types("En dit was half");
        await table.Guide["#controls [data-open=dlg-next]"].ClickAsync();
        await table.Guide["#f-next button[type=submit]"].ClickAsync();
        await Expect(table.Guide["#task-title"]).ToContainTextAsync("Groep en persoon");
        await person.IsBack();
        await Expect(person["#pending [data-refused]"]).ToContainTextAsync("Deze fase is nu niet open. Uw tekst is niet geplaatst.");
        await KeptToRead(person, "Net te laat geschreven.", "En dit was half");
        await person.IsAccessible("too late");
        await person.Shot("30-te-laat");
        await person.Page.ReloadAsync();
        await KeptToRead(person, "Net te laat geschreven.", "En dit was half");
        await StoredNothing(table);
        foreach (var visitor in table.All)
            visitor.HadNoTrouble();

        static async Task KeptToRead(Visitor person, params string[] texts)
        {
            await Expect(person["#pending [data-orphan]"]).ToContainTextAsync("Niet geplaatst, wel bewaard op dit apparaat");
            foreach (var text in texts)
                await Expect(person["#pending [data-orphan]"]).ToContainTextAsync(text);
        }

        static async Task StoredNothing(Table table)
        {
            (await table.State()).Items.ShouldBeEmpty();
            await Expect(table.Guide["#board .item[id^=item-]"]).ToHaveCountAsync(0);
        }
    }

    [Fact]
    public async Task A_hand_made_message_changes_nothing_and_disturbs_nobody()
    {
        await using var table = await Table.Opened(browsers, "persoon-geen-groep", "nl", participants: 1);
        var person = table.People[0];
        await table.Next("Welkom");
        var before = await table.State();
        var answers = await person.Page.EvaluateAsync<string[]>(
            """
            async dialogue => {
                const end = String.fromCharCode(30), said = [];
                const perform = (id, command) => JSON.stringify({ type: 1, invocationId: id, target: "Perform", arguments: [dialogue, "11111111-1111-4111-8111-11111111111" + id, command] });
                const frames = [
                    perform("1", { $type: "dialogue/close", noAgreementsBecause: "zomaar" }),
                    perform("2", { $type: "dialogue/start-phase", to: "terugblik", from: "welkom" }),
                    perform("3", { $type: "dialogue/hide-item", item: 1, reason: "zomaar" }),
                    perform("4", { $type: "contribute/add-item", phase: "kaart", kind: "effect", text: "In een fase die nog komt." }),
                    perform("5", { $type: "bestaat/niet" }),
                    JSON.stringify({ type: 1, invocationId: "6", target: "Verzonnen", arguments: [] }),
                    JSON.stringify({ type: 1, invocationId: "7", target: "Perform", arguments: ["geen dialoog", null] }),
                    "geen json",
                ];
                for (const frame of frames) {
                    await new Promise(done => {
                        const socket = new WebSocket(`ws://${location.host}/hubs/dialogue?dialogue=${dialogue}&view=html`);
                        socket.onopen = () => socket.send(`{"protocol":"json","version":1}${end}`);
                        socket.onmessage = message => {
                            for (const one of message.data.split(end).filter(Boolean)) {
                                if (one === "{}") socket.send(frame + end);
                                else if ([3, 7].includes(JSON.parse(one).type)) { said.push(one); socket.close(); }
                            }
                        };
                        socket.onclose = done;
                    });
                }
                return said;
            }
            """,
            table.Dialogue
        );
        answers.Length.ShouldBeGreaterThanOrEqualTo(7);
        foreach (var refused in answers[..3])
            refused.ShouldContain("not-allowed");
        answers[3].ShouldContain("phase-not-open");
        answers.ShouldAllBe(answer =>
            !answer.Contains("accepted", StringComparison.Ordinal) && !answer.Contains("   at ", StringComparison.Ordinal)
        );
        (await table.State()).ShouldBe(before);
        await Expect(person["#room"]).ToHaveAttributeAsync("data-connected", "true");
        await table.Next("Wat doet het model?");
        foreach (var visitor in table.All)
            visitor.HadNoTrouble();
    }

    [Fact]
    public async Task A_second_vote_too_many_points_and_a_late_position_are_explained_in_English()
    {
        await using var table = await Table.Opened(browsers, "kort-gesprek", "en", participants: 4);
        var (guide, person) = (table.Guide, table.People[0]);
        await table.Next("What is it about?");
        await table.Next("What is at stake?");
        foreach (var (visitor, text) in table.People.Zip((string[])["One thing.", "Two things.", "Three things."]))
            await Table.Note(visitor, text);
        await table.CloseRound();
        await table.Next("What weighs most?");
        var other = await table.OnASecondDevice(person, "en-GB");

        // The old screen of the second device offers what the first has given already.
        await other.LosesTheNetwork();
        await Table.Points(person, "One thing", 2);
        await other["#answers li:has-text('Two things') button[value='3']"].ClickAsync();
        await other.IsBack();
        await Expect(other.Page.GetByText("You have given all your 3 points. First take a point away somewhere.")).ToBeVisibleAsync();
        await other.LosesTheNetwork();
        await Table.Points(person, "Two things", 1);
        await other["#answers li:has-text('Two things') button[value='1']"].ClickAsync();
        await other.IsBack();
        await Expect(other.Page.GetByText("You have already answered this question.")).ToBeVisibleAsync();
        foreach (var device in (Visitor[])[person, other])
            await Expect(device["#mine"]).ToContainTextAsync("You have 0 of 3 points left.");
        var given = (AssessState)(await table.State()).CurrentPhase!.State;
        given.Given.Values.OrderDescending().ShouldBe([2, 1]);
        await other.IsAccessible("a second vote");

        await table.CloseRound();
        await table.Next("What do we advise?");
        await person["#mine input[value=anders]"].CheckAsync();
        await person["#mine textarea[name=reason]"].EvaluateAsync("box => box.removeAttribute('maxlength')");
        await person.Fill("#mine textarea[name=reason]", new string('b', 4_100));
        await person["#mine form.writer button[type=submit]"].ClickAsync();
        await Expect(person["#mine .field__error"]).ToHaveTextAsync("Your text is too long. Use at most 4000 characters.");
        await Expect(person["#mine textarea[name=reason]"]).ToHaveValueAsync(new string('b', 4_100));
        await Expect(person["#mine input[value=anders]"]).ToBeCheckedAsync();
        await person.Fill("#mine textarea[name=reason]", "This came too late.");
        await person.LosesTheNetwork();
        await person["#mine form.writer button[type=submit]"].ClickAsync();
        await table.CloseRound();
        await person.IsBack();
        await Expect(person["#pending [data-refused]"]).ToContainTextAsync("This round is closed.");
        await Expect(person["#pending [data-orphan]"]).ToContainTextAsync("This came too late.");
        ((DecideState)(await table.State()).CurrentPhase!.State).Taken.ShouldBeEmpty();
        foreach (var visitor in table.All)
            visitor.HadNoTrouble();
    }

    [Fact]
    public async Task Two_who_lead_do_not_skip_a_phase_and_nobody_ends_without_an_agreement_or_a_reason()
    {
        await using var table = await Table.Opened(browsers, "persoon-geen-groep", "nl", participants: 1);
        var (guide, person) = (table.Guide, table.People[0]);
        var second = await table.Comes("the second guide");
        await Table.SignIn(second, "ilyas.benhaddou");

        // Not of the team: asked to find somebody who is. Then a member of it, and joining is a button.
        await second.Go($"/ruimte/{table.Code}/regie");
        await second.Sees("U hoort niet bij het team van deze dialoog.");
        await guide.Go($"/dialogen/{table.Dialogue}/voorbereiden");
        await guide["#veld-Adding-Account"].SelectOptionAsync(new SelectOptionValue { Label = "Ilyas Benhaddou" });
        await guide["form:has(#veld-Adding-Account) button[type=submit]"].ClickAsync();
        await Expect(guide["#team"]).ToContainTextAsync("Ilyas Benhaddou");
        await table.OpenRoom();
        await second.Go($"/ruimte/{table.Code}/regie");
        await second["main button[type=submit]"].ClickAsync();
        await Expect(second["#room"]).ToHaveAttributeAsync("data-connected", "true");
        await table.Next("Welkom", second);

        // Both have the same screen; the press of the second comes after that of the first.
        await second["#controls [data-open=dlg-next]"].ClickAsync();
        await second.LosesTheNetwork();
        await second["#f-next button[type=submit]"].ClickAsync();
        await table.Next("Wat doet het model?");
        await second.IsBack();
        await Expect(second["#pending [data-refused]"]).ToContainTextAsync("De dialoog is al verder. Kijk eerst bij welke fase u bent.");
        await Expect(second["#say-alert"]).ToContainTextAsync("De dialoog is al verder");
        await Expect(second["#task-title"]).ToContainTextAsync("Wat doet het model?");
        (await table.State()).CurrentPhase!.Id.Value.ShouldBe("model");
        await second.IsAccessible("a second next");

        // Somebody is at the door with a name typed; a name that is missing is asked for, and the rest stays.
        var late = await table.Comes("somebody who is late");
        await late.Go($"/meedoen/{table.Code}");
        await late["#veld-Form-Name"].EvaluateAsync("box => box.removeAttribute('required')");
        await late["#veld-Form-Perspective"].SelectOptionAsync("juridisch");
        await late["form:has(#veld-Form-Name) button[type=submit]"].ClickAsync();
        await late.Sees("Vul in: Uw naam");
        await Expect(late["#veld-Form-Perspective"]).ToHaveValueAsync("juridisch");
        await late.Fill("#veld-Form-Name", "Te laat");
        var seats = (await table.State()).Seats.Count;

        // No agreement and no reason: the dialog is back with what it wants, and the room goes on.
        await End(guide);
        await Expect(guide["#dlg-end .field__error"]).ToHaveTextAsync("Vul een reden in.");
        await Expect(guide["#dlg-end"]).ToBeVisibleAsync();
        await guide.IsAccessible("ending without a reason");
        await guide.Shot("31-zonder-reden");
        await guide["#no-agreements"].EvaluateAsync("box => box.removeAttribute('maxlength')");
        await guide.Fill("#no-agreements", new string('c', 400));
        await guide["#f-close button[type=submit]"].ClickAsync();
        await Expect(guide["#dlg-end .field__error"]).ToHaveTextAsync("Uw tekst is te lang. Gebruik hoogstens 300 tekens.");
        await Expect(guide["#no-agreements"]).ToHaveValueAsync(new string('c', 400));
        (await table.State()).Stage.ShouldBe(Stage.Running);
        await Expect(person["#task-title"]).ToContainTextAsync("Wat doet het model?");
        await guide.Fill("#no-agreements", "Dit was een proef.");
        await guide["#f-close button[type=submit]"].ClickAsync();
        foreach (var visitor in (Visitor[])[guide, second, person])
            await Expect(visitor["#closed a[href$='/uitkomst']"]).ToBeVisibleAsync();

        // The door is shut, also for who stood in it, in both languages.
        await late["form:has(#veld-Form-Name) button[type=submit]"].ClickAsync();
        await Expect(late["h1"]).ToHaveTextAsync("Deze dialoog is afgelopen");
        await late.IsAccessible("ended code");
        await late.Go("/?culture=en");
        await late.Fill("#veld-code", table.Code);
        await late.Keys("Enter");
        await Expect(late["h1"]).ToHaveTextAsync("This dialogue has ended");
        (await table.State()).Seats.Count.ShouldBe(seats);
        foreach (var visitor in table.All)
            visitor.HadNoTrouble();

        static async Task End(Visitor guide)
        {
            await guide["#controls [data-open=dlg-more]"].ClickAsync();
            await guide["#dlg-more [data-open=dlg-end]"].ClickAsync();
            await guide["#f-close button[type=submit]"].ClickAsync();
        }
    }

    [Fact]
    public async Task A_template_with_an_unknown_activity_is_listed_with_its_line_and_cannot_be_chosen()
    {
        await using var table = await Table.Of(browsers);
        var guide = table.Guide;
        await Table.SignIn(guide, "noor.achterberg");
        await guide.Go("/beheer/templates");
        var wrong = guide[".notice--error"];
        await Expect(wrong).ToContainTextAsync("Niet te kiezen");
        await Expect(wrong)
            .ToContainTextAsync(string.Create(CultureInfo.InvariantCulture, $"{Browsers.WrongTemplate}.yaml, line {browsers.WrongLine}: "));
        await Expect(wrong).ToContainTextAsync("must be one of: present");
        await Expect(guide["body"]).ToContainTextAsync("1 bestand is niet goed");
        await guide.IsAccessible("a wrong template");
        await guide.Shot("32-sjablonen");
        await guide.Go("/beheer/templates?culture=en");
        await Expect(guide["body"]).ToContainTextAsync("1 file is not right");
        await guide.Go("/?culture=nl");
        await table.Register("Mogen wij wachten?", "Een kort verhaal over wachten.", "other");
        await guide["a[href^='/dialogen/nieuw?vraag=']"].ClickAsync();
        await Expect(guide["input[name='Form.Template'][value=kort-gesprek]"]).ToHaveCountAsync(1);
        await Expect(guide[$"input[value={Browsers.WrongTemplate}]"]).ToHaveCountAsync(0);
        guide.HadNoTrouble();
    }
}
