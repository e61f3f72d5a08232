using Dialogue.Clock;
using Dialogue.Mailroom;
using Dialogue.Templates;

namespace Dialogue;

public sealed class EnglishTests(Browsers browsers)
{
    private const string Costs = "Waiting costs people money, and some have none.";
    private const string Act = "Call everybody who waits longer than two weeks.";

    [Fact]
    public async Task A_short_dialogue_in_English()
    {
        var english = new InEnglish(browsers.Server.Get<TemplateFolder>().Find("kort-gesprek")!);
        await using var table = await Table.Opened(browsers, "kort-gesprek", "en", participants: 5);
        var (guide, first, second) = (table.Guide, table.People[0], table.People[1]);
        var screen = await table.Comes("the screen", locale: "en-GB");
        await screen.Go(table.ScreenLink);
        Task OnAllScreens(string where) => On(english, where, guide, first, screen);

        await OnAllScreens("lobby");
        await table.Next("What is it about?", screen);
        await OnAllScreens("the case");

        await table.Next("What is at stake?", screen);
        await first.WritesTwiceThroughACut("#composer textarea[name=text]", Costs, "Nobody tells them how long it takes.");
        foreach (
            var (visitor, text) in new[]
            {
                (second, "A quick no is better than a late yes."),
                (table.People[2], "We do not know who gives up."),
            }
        )
            await Table.Note(visitor, text);
        await OnAllScreens("the box, closed");
        await table.CloseRound();
        await Expect(screen["#board .item[id^=item-]"]).ToHaveCountAsync(4);
        await OnAllScreens("the box, open");

        await table.Next("What weighs most?", screen);
        foreach (var visitor in table.People)
            await Table.Points(visitor, Costs, 2);
        await Expect(first["#mine"]).ToContainTextAsync("You have 1 of 3 points left.");
        await OnAllScreens("points");
        await table.CloseRound();
        await Expect(screen[$"#board tr:has-text('{Costs}') td"]).ToContainTextAsync("10");
        await OnAllScreens("points, shown");

        await table.Next("What do we advise?", screen);
        foreach (
            var (visitor, choice, reason) in new[]
            {
                (first, "anders", "Two weeks is what people can bear."),
                (second, "anders", "Two weeks without money is long."),
                (table.People[2], "niet-doen", "We cannot do it faster."),
            }
        )
        {
            await visitor[$"#mine input[value={choice}]"].CheckAsync();
            await visitor.TypesThroughACut("#mine textarea[name=reason]", reason);
            await Expect(visitor["#position"]).ToBeVisibleAsync();
        }

        await OnAllScreens("positions, hidden");
        await table.CloseRound();
        await guide.Fill("#f-propose-besluit textarea", "Wait no longer than two weeks.");
        await guide["#f-propose-besluit button"].ClickAsync();
        await Expect(screen["#proposal"]).ToContainTextAsync("two weeks");
        await OnAllScreens("proposal");
        await guide["#f-settle-besluit textarea[name=reasons]"].FillAsync("Most people can bear two weeks.");
        await guide["#f-settle-besluit input[name=kind][value=advice]"].CheckAsync();
        await guide["#f-settle-besluit button[type=submit]"].ClickAsync();
        await Expect(screen["#outcome"]).ToContainTextAsync("two weeks");
        await second.WritesThroughACut("#f-minority-besluit textarea[name=text]", "One week is long enough without money.");
        await Expect(screen["#outcome"]).ToContainTextAsync("One week is long enough");
        await OnAllScreens("decision");

        await table.Next("Agreements", screen);
        await Propose(table, first);
        await guide["#agreements form[id^=f-confirm] button"].ClickAsync();
        await Expect(guide["#agreements .state--ok"]).ToBeVisibleAsync();
        await OnAllScreens("agreements");

        await table.Next("Look back", screen);
        foreach (var visitor in table.People)
        {
            foreach (var radio in await visitor["#composer input[value='4']"].AllAsync())
                await radio.CheckAsync();
            await visitor.Fill("#composer textarea[name=text]", "More time for the last part.");
            await visitor["#composer button[type=submit]"].ClickAsync();
            await Expect(visitor["#mine-device li"]).ToHaveCountAsync(1);
        }

        await OnAllScreens("looking back");
        await table.CloseRound();
        await Expect(screen["#sentences li"]).ToHaveCountAsync(5);
        await table.End();
        await OnAllScreens("closed");
        await table.HasAllOfItOnce(first, second, table.People[2]);

        // What came of it, and the other pages of somebody who leads.
        await first["#closed a[href$='/uitkomst']"].ClickAsync();
        foreach (var words in (string[])["Wait no longer than two weeks", "One week is long enough", Act])
            await first.Sees(words);
        await On(english, "outcome", first);
        foreach (
            var path in (string[])
                [
                    "/",
                    "/uitleg",
                    "/privacy",
                    "/toegankelijkheid",
                    "/vandaag",
                    "/vragen",
                    "/vragen/nieuw",
                    "/dialogen",
                    $"/dialogen/{table.Dialogue}/voorbereiden",
                    "/opvolging",
                    "/beheer/templates",
                ]
        )
        {
            await guide.Go(path);
            await english.On(guide, path, amongOthers: true);
            await guide.IsAccessible(path + ", in English");
        }

        // The owner has no account: a letter with a link, in English.
        var letter = await Letter("pat.winter@partner.example");
        letter.ShouldContain("Do you accept this action?");
        letter.ShouldContain(Act);
        var owner = await table.Comes("the owner", locale: "en-GB");
        await owner.Go(letter.Split().Single(word => word.Contains("/afspraak/", StringComparison.Ordinal)));
        await On(english, "the link of the owner", owner);
        await owner["form:has(input[value^='accept'], button:has-text('Accept')) button:has-text('Accept')"].First.ClickAsync();
        await Expect(owner["[role=status]"].First).ToContainTextAsync("Saved");
        await Expect(owner[".head .state"]).ToHaveTextAsync("Accepted");
        await On(english, "accepted by the owner", owner);
        await guide.Go("/opvolging");
        await guide.Sees(Act);
        await english.On(guide, "follow-up", amongOthers: true);

        foreach (var visitor in table.All)
            visitor.HadNoTrouble();
    }

    private static async Task On(InEnglish english, string where, params Visitor[] visitors)
    {
        foreach (var visitor in visitors)
        {
            await english.On(visitor, where);
            await visitor.IsAccessible(where + ", in English");
        }
    }

    /// <summary>First without saying how anybody will see that it was done: it is asked for, and all that was filled in stays.</summary>
    private static async Task Propose(Table table, Visitor visitor)
    {
        await visitor["#a-new-because summary"].ClickAsync();
        await visitor[$"#a-new-because label:has-text('{Costs}') input"].CheckAsync();
        await visitor["#a-kind-new"].SelectOptionAsync("behaviour");
        foreach (
            var (field, text) in new[]
            {
                ("text", Act),
                ("owner", "Pat Winter"),
                ("mail", "pat.winter@partner.example"),
                ("first", "Make the list."),
                ("firstdate", "2027-01-11"),
                ("due", "2027-03-01"),
            }
        )
            await visitor.Fill($"#a-{field}-new", text);
        await visitor["#f-agree-new button[type=submit]"].ClickAsync();
        await Expect(visitor["#f-agree-new .field__error"]).ToHaveTextAsync("Enter how we will see later whether it worked.");
        await Expect(visitor["#a-text-new"]).ToHaveValueAsync(Act);
        await Expect(visitor["#a-firstdate-new"]).ToHaveValueAsync("2027-01-11");
        await Expect(visitor["#a-kind-new"]).ToHaveValueAsync("behaviour");
        await Expect(visitor[$"#a-new-because label:has-text('{Costs}') input"]).ToBeCheckedAsync();
        Table.Words(await table.State()).ShouldNotContain(Act);
        await visitor.Fill("#a-evidence-new", "A count of calls each week.");
        await visitor["#f-agree-new button[type=submit]"].ClickAsync();
        await Expect(table.Guide["#agreements"]).ToContainTextAsync(Act);
    }

    /// <summary>Has the post delivered, and reads the letter.</summary>
    private async Task<string> Letter(string to)
    {
        foreach (var work in browsers.Server.Get<IEnumerable<IDueWork>>().OfType<SendOutbox>())
            await work.DoDue(TimeProvider.System.GetUtcNow(), TestContext.Current.CancellationToken);
        List<string> found = [];
        foreach (var file in Directory.GetFiles(browsers.Server.Get<MailSettings>().Folder, "*.eml"))
        {
            var letter = await MimeKit.MimeMessage.LoadAsync(file, TestContext.Current.CancellationToken);
            if (letter.To.Mailboxes.Any(box => string.Equals(box.Address, to, StringComparison.Ordinal)))
                found.Add(letter.TextBody ?? "");
        }

        return found.ShouldHaveSingleItem();
    }
}
