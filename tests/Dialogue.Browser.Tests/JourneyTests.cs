namespace Dialogue;

/// <summary>The whole way, each person with a browser of their own: from a question to work that somebody else has looked at.</summary>
public sealed class JourneyTests(Browsers browsers)
{
    private const string Question = "Wie krijgt de coach?";
    private const string Story =
        "Wij hebben 40 coaches voor 18.000 nieuwe werkzoekenden per jaar. Een model voorspelt wie binnen een jaar werk vindt. "
        + "Alleen de middelste 20% krijgt een coach. Mogen wij iemand een kans onthouden omdat mensen die op hem lijken meestal "
        + "niet slagen?";

    private const string PrivateNote = "Ik durf als coach niet van de lijst af te wijken, en dat zeg ik alleen hier.";

    [Fact]
    public async Task A_question_becomes_a_verified_action()
    {
        await using var table = new Table(browsers, await Visitor.Arrives(browsers, "Noor"));
        var guide = table.Guide;

        // A question, and a dialogue about it.
        await guide.Go("/");
        await guide.IsAccessible("home");
        await guide.Go("/inloggen");
        await guide.IsAccessible("sign-in");
        await Table.SignIn(guide, "noor.achterberg");
        await guide.IsAccessible("today");
        await guide.Go("/vragen/nieuw");
        await guide.IsAccessible("new question");
        await table.Register(Question, Story, "aiOverheid");
        var casePage = guide.Page.Url;
        await guide.IsAccessible("case without a dialogue");
        await guide.Shot("01-vraag");
        await guide["a[href^='/dialogen/nieuw?vraag=']"].ClickAsync();
        await guide.IsAccessible("choosing a template");
        await guide.Shot("02-werkvorm");
        await guide.Go(casePage);
        await table.Choose("persoon-geen-groep", "nl");

        // The door stays shut until it is clear what the dialogue is for, and who is missing.
        await Expect(guide["#uitnodigen .notice--warn li"]).Not.ToHaveCountAsync(0);
        await guide.IsAccessible("preparing, empty");
        await guide.Fill("#veld-Intake-Sponsor", "Margriet van Dellen, manager Dienstverlening");
        await guide["#veld-Intake-StatusOfOutcome"].SelectOptionAsync("advice");
        await guide.Fill("#veld-Intake-Mandate", "Het bestuur");
        await guide.Fill("#veld-Intake-FollowUpOwner", "Sanne Rietkerk");
        await guide.Fill("#veld-Intake-FollowUpOwnerEmail", "sanne.rietkerk@dwb.voorbeeld");
        await guide.Fill("#veld-Intake-ReviewDate", Day(180));
        await guide["#afspraken-vooraf button[type=submit]"].ClickAsync();
        await Expect(guide["#uitnodigen .notice--warn li"]).ToHaveCountAsync(1);
        await guide.Fill("#veld-Affected-Rows-0-Name", "Werkzoekenden");
        await guide.Fill("#veld-Affected-Rows-1-Name", "Gemeenten");
        await guide["#veld-Affected-Rows-0-Chair"].SelectOptionAsync("invited");
        await guide["#veld-Affected-Rows-1-Chair"].SelectOptionAsync("waived");
        await guide["#wie-raakt-het button[value=wie]"].ClickAsync();
        await Expect(guide["#wie-raakt-het .field__error"]).ToBeVisibleAsync();
        await Expect(guide["#uitnodigen .notice--warn li"]).ToHaveCountAsync(1);
        await guide.IsAccessible("preparing, an empty chair");
        await guide.Fill("#veld-Affected-Rows-1-Note", "Konden deze maand niet; wij spreken hen in maart.");
        await guide["#wie-raakt-het button[value=wie]"].ClickAsync();
        await Expect(guide["#uitnodigen .notice--ok"]).ToBeVisibleAsync();
        await guide.Shot("03-voorbereiden");
        await guide["#uitnodigen form button[type=submit]"].ClickAsync();
        await table.ReadCode();
        await Expect(guide["#uitnodigen figure svg"]).ToBeVisibleAsync();
        var link = await guide["#uitnodigen a[href*='/meedoen/']"].GetAttributeAsync("href");
        await guide["#uitnodigen h2"].ScrollIntoViewIfNeededAsync();
        await guide.IsAccessible("invitation");
        await guide.Shot("04-uitnodigen");
        await table.OpenRoom();

        var screen = await table.Comes("the screen");
        await screen.Go(table.ScreenLink);
        await screen.IsAccessible("screen, lobby");
        await Expect(screen[".screen__code"]).ToHaveTextAsync(table.Code);
        await screen.Shot("06-scherm-lobby");

        // By code on a phone, by link, by link, and by code with the keyboard only.
        var phone = await table.Comes("Yusuf (phone)", 390, 844);
        await phone.Go("/");
        await phone.Fill("#veld-code", table.Code.ToLowerInvariant().Replace("-", " ", StringComparison.Ordinal));
        await phone["form:has(#veld-code) button"].ClickAsync();
        await phone.IsAccessible("join");
        await Join(phone, "Yusuf", "burger");
        await table.IsInTheRoom(phone);
        await phone.IsAccessible("lobby");
        var marja = await table.Comes("Marja");
        await marja.Go(link!);
        await marja.Shot("05-meedoen");
        await Join(marja, "Marja", "burger");
        await table.IsInTheRoom(marja);
        var coach = await table.Joins("Femke", "uitvoering");
        var keys = await table.Comes("Joris (keyboard)");
        await keys.HasAKeyboardOnly();
        await keys.Go("/");
        await keys.TabsTo("#veld-code");
        await keys.Types(table.Code);
        await keys.Keys("Enter");
        await keys.TabsTo("#veld-Form-Name");
        await keys.Types("Joris");
        await keys.TabsTo("#veld-Form-Perspective");
        await keys.Types("Data");
        await keys.TabsTo("form:has(#veld-Form-Name) button[type=submit]");
        await keys.Keys("Enter");
        await table.IsInTheRoom(keys);
        await Expect(guide["#people"]).ToContainTextAsync("Joris");

        // 1. Welcome.
        await table.Next("Welkom", screen);
        await Everywhere(table, screen, "welcome");
        await phone["#park-fold summary"].ClickAsync();
        await phone.WritesTwiceThroughACut(
            "#park-text",
            "Mag ik straks weer weg als mijn partner belt?",
            "Wie leest dit later nog?",
            () => phone["#f-park button"].ClickAsync()
        );
        foreach (var words in (string[])["partner belt", "later nog"])
            await Expect(guide["#parked-list"]).ToContainTextAsync(words);
        await keys.TabsTo("#b-hand");
        await keys.Keys("Enter");
        await Expect(guide["#hands"]).ToContainTextAsync("Joris");
        await keys.Keys("Enter");
        await Expect(guide["#hands"]).Not.ToContainTextAsync("Joris");

        // 2. The model.
        await table.Next("Wat doet het model?", screen);
        await Fact(guide, "Het model heeft bij ongeveer 7 van de 10 mensen gelijk.", "known");
        await guide.WritesTwiceThroughACut(
            "#composer textarea[name=text]",
            "Werkzoekenden weten niet dat de score er is.",
            "Elke maand rekent het model opnieuw."
        );
        await Fact(guide, "De fouten naar herkomst zijn niet gemeten.", "unknown");
        await Expect(phone["#board"]).ToContainTextAsync("naar herkomst");
        foreach (var words in (string[])["score er is", "rekent het model opnieuw"])
            await Expect(phone["#board"]).ToContainTextAsync(words);
        await Everywhere(table, screen, "the model");
        await marja["#park-fold summary"].ClickAsync();
        await marja.WritesThroughAReload("#park-text", "Wat gebeurt er met wie niet gekozen is?");
        await keys.TabsTo("#park-fold summary");
        await keys.Keys("Enter");
        await keys.TabsTo("#park-text");
        await keys.Types("Wie heeft het model gekocht?");
        await keys.TabsTo("#f-park button");
        await keys.Keys("Enter");
        foreach (var words in (string[])["niet gekozen", "model gekocht"])
            await Expect(guide["#parked-list"]).ToContainTextAsync(words);

        // 3. The card.
        await table.Next("Wat ziet het model van mij?", screen);
        await Expect(phone["#persona"]).ToBeVisibleAsync();
        await phone.WritesTwiceThroughACut(
            "#composer textarea[name=text]",
            "Ik ben zelden online, want ik zorg voor mijn partner.",
            "Tien jaar zorg staat nergens als werk."
        );
        await Table.Note(marja, "Mijn leeftijd telt zwaar.", "weet");
        await coach["#composer input[name=bucket][value=weet-niet]"].CheckAsync();
        await coach.WritesThroughAReload("#composer textarea[name=text]", "Ik heb een buitenlands diploma dat niemand registreerde.");
        await keys.TabsTo("#composer textarea[name=text]");
        await keys.Types("Mijn postcode zegt iets over mijn buren, niet over mij.");
        await keys.Keys("Control+Enter");
        foreach (var visitor in (Visitor[])[guide, phone, screen])
            await Expect(visitor["#board .item[id^=item-]"]).ToHaveCountAsync(5);
        await Everywhere(table, screen, "the card");
        await guide.Shot("07-regie");
        await coach.Shot("08-schrijven");
        await screen.Shot("09-scherm");
        await phone.Shot("10-telefoon");

        // 4. Group and person.
        await table.Next("Groep en persoon", screen);
        await phone.WithoutNetwork(() => Place(phone, "zelden online", "persoon"));
        await Place(marja, "Mijn leeftijd", "groep");
        var postcode = await keys["#board .item:has-text('Mijn postcode') select"].GetAttributeAsync("id");
        await keys.TabsTo("#" + postcode);
        await keys.Types("Zegt iets over een");
        await keys.TabsTo("#b-" + postcode);
        await keys.Keys("Enter");
        await Expect(guide["#column-groep .item"]).ToHaveCountAsync(2);
        await Expect(screen["#column-persoon"]).ToContainTextAsync("zelden online");
        await Everywhere(table, screen, "columns");
        await guide.Shot("11-ordenen");

        // 5. Two kinds of error; somebody comes late.
        await table.Next("Twee soorten fouten", screen);
        var late = await table.Joins("Alina", "juridisch");
        await Expect(late["#task-title"]).ToContainTextAsync("Twee soorten fouten");
        await phone.WithoutNetwork(() => Table.Give(phone, "wel-persoon", 2));
        await Table.Give(marja, "wel-persoon", 2);
        await Table.Give(coach, "wel-persoon", 1);
        await Table.Give(late, "wel-persoon", 4);
        await keys.TabsTo("#answer-wel-persoon input[type=radio]");
        await keys.Keys("ArrowDown", "ArrowDown", "ArrowDown");
        await keys.TabsTo("#answer-wel-persoon button[type=submit]");
        await keys.Keys("Enter");
        await Expect(keys["#answer-wel-persoon"]).ToContainTextAsync("Uw antwoord: 4");
        foreach (var (visitor, value) in new[] { (phone, 5), (marja, 5), (coach, 4), (late, 5) })
            await Table.Give(visitor, "niet-persoon", value);
        foreach (var visitor in (Visitor[])[screen, guide, marja])
            await Expect(visitor["#board table.result"]).ToHaveCountAsync(0);
        await Everywhere(table, screen, "answers, hidden");
        await table.CloseRound();
        await Expect(screen["#board table.result tbody tr:first-child td"]).ToHaveCountAsync(8);
        await Expect(screen["#board table.result"]).ToContainTextAsync("Minder dan 5 antwoorden");
        await Everywhere(table, screen, "answers, shown");
        await screen.Shot("12-verdeling");

        // 6. A break.
        await table.Next("Pauze", screen);
        await guide["#f-extend button[value='5']"].ClickAsync();
        await guide["#f-pause button"].ClickAsync();
        await Expect(phone["#pause, .notice"]).Not.ToHaveCountAsync(0);
        await Everywhere(table, screen, "paused");
        await guide["#f-resume button"].ClickAsync();
        await Expect(guide["#f-pause"]).ToBeVisibleAsync();
        await keys.TabsTo("#b-ready");
        await keys.Keys("Space");
        await Expect(keys["#b-ready"]).ToHaveAttributeAsync("aria-pressed", "true");
        await late["#park-fold summary"].ClickAsync();
        await late.WritesThroughACut(
            "#park-text",
            "Mag herkomst worden gebruikt om fouten te meten?",
            () => late["#f-park button"].ClickAsync()
        );

        // 7. Beyond the rules: a sealed box.
        await table.Next("Voorbij de regels", screen);
        await coach.WritesThroughACut("#composer textarea[name=text]", PrivateNote);
        await phone["#composer input[name=bucket][value=willen]"].CheckAsync();
        await phone.WritesTwiceThroughACut(
            "#composer textarea[name=text]",
            "Niemand die afviel weet dat hij afviel.",
            "Ik schaam mij voor een score die ik niet zie."
        );
        await Table.Note(marja, "Ik kan het mijn moeder niet uitleggen.", "willen");
        await keys.TabsTo("#composer textarea[name=text]");
        await keys.Types("De toets is gedaan, maar wij maten nooit wie er uitvalt.");
        await keys.Keys("Control+Enter");
        await Expect(keys["#mine-device"]).ToContainTextAsync("wie er uitvalt");
        await Expect(coach["#mine-device"]).ToContainTextAsync(PrivateNote);
        foreach (var visitor in (Visitor[])[screen, guide, phone, marja])
        {
            (await visitor.Page.ContentAsync()).ShouldNotContain("van de lijst af te wijken");
        }

        await Everywhere(table, screen, "the box, closed");
        await coach.Shot("13-anoniem");
        await table.CloseRound();
        foreach (var visitor in (Visitor[])[screen, guide, phone])
            await Expect(visitor["#board .item[id^=item-]"]).ToHaveCountAsync(5);
        await Everywhere(table, screen, "the box, open");

        // 8. Values.
        await table.Next("Waarden en spanning", screen);
        await Value(marja, "mijn moeder", "strained");
        await Value(coach, "zelden online", "served");
        await phone["#value-a"].SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await phone["#value-b"].SelectOptionAsync(new SelectOptionValue { Index = 2 });
        await phone.WritesTwiceThroughACut(
            "#composer textarea[name=text]",
            "Als wij voor gelijke regels kiezen, verliest wie anders is.",
            "Als wij alles vertellen, verliest wie bang is voor de score."
        );
        await keys.TabsTo("#value-a");
        await keys.Keys("ArrowDown");
        await keys.TabsTo("#value-b");
        await keys.Keys("ArrowDown", "ArrowDown", "ArrowDown");
        await keys.TabsTo("#composer textarea[name=text]");
        await keys.Types("Als wij snel kiezen, verliest wie tijd nodig heeft.");
        await keys.Keys("Control+Enter");
        await keys.TabsTo("#board [id^=link-] summary");
        await keys.Keys("Enter");
        await Expect(keys["#board [id^=link-][open] optgroup"]).Not.ToHaveCountAsync(0);
        await keys.TabsTo("#board [id^=link-][open] select");
        await keys.Keys("ArrowDown", "ArrowDown", "ArrowDown", "ArrowDown");
        await keys.TabsTo("#board [id^=link-][open] button[value=strained]");
        await keys.Keys("Enter");
        await Expect(screen["#board .chips li"]).ToHaveCountAsync(3);
        foreach (var words in (string[])["verliest wie anders is", "bang is voor de score", "tijd nodig heeft"])
            await Expect(screen["#tensions"]).ToContainTextAsync(words);
        await Everywhere(table, screen, "values");
        await guide.Shot("14-waarden");

        // 9. Room for people.
        await table.Next("Ruimte voor mensen", screen);
        await coach.WritesTwiceThroughACut(
            "#composer textarea[name=text]",
            "De score is advies; de coach voert eerst een gesprek van tien minuten.",
            "Wie een gesprek vraagt, krijgt het."
        );
        await keys.TabsTo("#composer textarea[name=text]");
        await keys.Types("Meet elk kwartaal wie er uitvalt.");
        await keys.TabsTo("#composer form.writer button[type=submit]");
        await keys.Keys("Enter");
        await Table.Note(phone, "Vertel mensen over de score, met een veld 'dit klopt niet over mij'.", "burger");
        await late.WritesThroughAReload("#composer textarea[name=text]", "Haal postcode en digitaal gedrag uit het model.");
        await Expect(screen["#board .item[id^=item-]"]).ToHaveCountAsync(5);
        await Everywhere(table, screen, "options");

        // 10. An advice, an objection that becomes a condition, and another view beside it.
        await table.Next("Doorgaan, aanpassen, proef of stoppen", screen);
        await phone["#mine input[value=stoppen]"].CheckAsync();
        await phone.WritesThroughACut("#mine textarea[name=reason]", "Wij weten niet bij wie het model zich vergist.");
        await marja["#mine input[value=aanpassen]"].CheckAsync();
        await marja.TypesThroughACut("#mine textarea[name=reason]", "Mijn moeder wil weten waarom zij niet is gekozen.");
        await Expect(marja["#position"]).ToBeVisibleAsync();
        foreach (var (visitor, choice) in new[] { (coach, "aanpassen"), (late, "proef") })
            await Position(visitor, choice, $"Reden van wie voor {choice} is.");
        await keys.TabsTo("#mine input[name=choice]");
        await keys.Keys("Space");
        await keys.TabsTo("#mine textarea[name=reason]");
        await keys.Types("Zonder score beslissen contacten.");
        await keys.Keys("Control+Enter");
        await Expect(keys["#position"]).ToBeVisibleAsync();
        (await screen.Page.ContentAsync()).ShouldNotContain("bij wie het model zich vergist");
        await Everywhere(table, screen, "positions, hidden");
        await table.CloseRound();
        await Expect(screen["#positions"]).ToContainTextAsync("bij wie het model zich vergist");
        await guide.Fill("#f-propose-besluit textarea", "Ga door als proef, onder voorwaarden.");
        await guide["#f-propose-besluit button"].ClickAsync();
        await Expect(screen["#proposal"]).ToContainTextAsync("Ga door als proef");
        await late.WritesThroughACut("#f-object-besluit textarea", "Een proef op mensen vraagt dat zij het weten.");
        await guide.Fill("#objections textarea[name=condition]", "Wij vertellen iedereen vooraf over de score.");
        await guide["#objections button[type=submit]"].ClickAsync();
        await Expect(guide["#objections"]).ToContainTextAsync("werd een voorwaarde");
        await Everywhere(table, screen, "objection");
        await guide["#f-settle-besluit textarea[name=reasons]"].FillAsync("Zo leren wij zonder mensen los te laten.");
        await guide["#settle-because summary"].ClickAsync();
        await guide["#settle-because label:has-text('De score is advies') input"].CheckAsync();
        await guide["#f-settle-besluit input[name=kind][value=advice]"].CheckAsync();
        await guide["#f-settle-besluit button[type=submit]"].ClickAsync();
        await Expect(screen["#outcome"]).ToContainTextAsync("Ga door als proef");
        await phone.Fill("#f-minority-besluit textarea[name=recheckWhen]", "De fouten per groep bekend zijn.");
        await phone.WritesTwiceThroughACut(
            "#f-minority-besluit textarea[name=text]",
            "Een score waarvan niemand weet of zij eerlijk is, mag geen mensen raken.",
            "Een proef op mensen is ook een besluit."
        );
        await keys.TabsTo("#f-minority-besluit textarea[name=text]");
        await keys.Types("Zonder score kiest het netwerk.");
        await keys.TabsTo("#f-minority-besluit input[name=holder]");
        await keys.Keys("ArrowDown");
        await keys.TabsTo("#f-minority-besluit button[type=submit]");
        await keys.Keys("Enter");
        foreach (var words in (string[])["mag geen mensen raken", "ook een besluit", "kiest het netwerk"])
            await Expect(screen["#outcome"]).ToContainTextAsync(words);
        await Everywhere(table, screen, "decision");
        await screen.Shot("15-besluit");
        await guide.Shot("16-besluit-regie");

        // 11. An agreement with an owner and somebody who looks at it.
        await table.Next("Afspraken", screen);
        await Agreement(coach);
        await coach.WritesThroughACut("#a-text-new", "Voer eerst een gesprek van tien minuten, dan pas de score.");
        await late.TypesThroughACut(
            "#a-text-new",
            "Meet de fouten per groep, voor oktober.",
            async () =>
            {
                await Agreement(late);
                await late["#f-agree-new button[type=submit]"].ClickAsync();
            }
        );
        await AgreementByKeyboard(keys);
        foreach (var words in (string[])["Voer eerst een gesprek", "fouten per groep", "digitaal gedrag eruit"])
            await Expect(screen["#agreements"]).ToContainTextAsync(words);
        foreach (var visitor in (Visitor[])[screen, phone])
            (await visitor.Page.ContentAsync()).ShouldNotContain("@dwb.voorbeeld");
        await guide["#agreements > li:has-text('Voer eerst een gesprek') form[id^=f-confirm] button"].ClickAsync();
        await Expect(guide["#agreements .state--ok"]).ToBeVisibleAsync();
        await guide["#risk-fold summary"].ClickAsync();
        await guide.Fill("#risk-fold textarea[name=text]", "De fouten naar herkomst blijven onbekend tot oktober.");
        await guide.Fill("#risk-fold input[name=borneBy]", "Werkzoekenden");
        await guide.Fill("#risk-fold input[name=acceptedBy]", "Het bestuur");
        await guide.Fill("#risk-fold input[name=sign]", "Klachten");
        await guide["#risk-fold button[type=submit]"].ClickAsync();
        await Expect(screen["#risks"]).ToContainTextAsync("naar herkomst");
        await guide.Fill("#f-review-afspraken input[type=date]", Day(180));
        await guide["#f-review-afspraken button"].ClickAsync();
        await Expect(screen["#review"]).Not.ToBeEmptyAsync();
        await Everywhere(table, screen, "agreements");
        await guide.Shot("17-afspraken");

        // 12. Looking back.
        await table.Next("Terugblik", screen);
        foreach (var visitor in (Visitor[])[coach, late])
            await Reflect(visitor, 4);
        foreach (var radio in await marja["#composer input[value='4']"].AllAsync())
            await radio.CheckAsync();
        await marja.TypesThroughACut("#composer textarea[name=text]", "Ik vertel mijn moeder wat een score is.");
        await Expect(marja["#mine-device li"]).ToHaveCountAsync(1);
        foreach (var radio in await phone["#composer input[value='5']"].AllAsync())
            await radio.CheckAsync();
        await phone.WritesThroughACut("#composer textarea[name=text]", "Ik vraag voortaan wie er niet aan tafel zit.");
        foreach (var question in (string[])["safe", "heard", "sharper"])
        {
            await keys.TabsTo($"#composer input[name='answers.{question}']");
            await keys.Keys("ArrowDown", "ArrowDown");
        }

        await keys.TabsTo("#composer textarea[name=text]");
        await keys.Types("Een grafiek waar mensen in staan.");
        await keys.Keys("Control+Enter");
        await Expect(keys["#mine-device li"]).ToHaveCountAsync(1);
        await Everywhere(table, screen, "looking back");
        await table.CloseRound();
        await table.End();
        await Everywhere(table, screen, "closed");
        await table.HasAllOfItOnce(phone, marja, coach, late, guide);

        // What came of it.
        var outcome = $"/dialogen/{table.Dialogue}/uitkomst";
        await phone["#closed a[href$='/uitkomst']"].ClickAsync();
        await phone.IsAccessible("outcome on a phone");
        foreach (
            var words in (string[])["Ga door als proef", "mag geen mensen raken", "Voer eerst een gesprek", "Wij vertellen iedereen vooraf"]
        )
            await phone.Sees(words);
        await guide.Go(outcome);
        await guide.IsAccessible("outcome");
        await guide.Shot("18-uitkomst", whole: true);
        await guide.IsFitForPaper("outcome");

        // Follow-up: the owner does it, somebody else looks at it, the manager sees it.
        var owner = await table.Comes("the owner");
        await Table.SignIn(owner, "femke.oosterling");
        await owner.Go("/opvolging");
        await owner.IsAccessible("my actions");
        await owner["th a:has-text('Voer eerst een gesprek')"].First.ClickAsync();
        var action = owner.Page.Url;
        await owner.IsAccessible("action, offered");
        await Step(owner, "accept");
        if (await owner["details:has(#plan-EvidencePlan)"].CountAsync() > 0)
            await Step(owner, "plan");
        await Step(owner, "start");
        await owner["#report-done-EvidenceKind"].SelectOptionAsync(new SelectOptionValue { Index = 0 });
        await owner.Fill("#report-done-EvidenceText", "Werkinstructie, vastgesteld, met telling van gesprekken.");
        await owner.IsAccessible("action, started");
        await Step(owner, "report-done");
        await owner.Sees("Klaar gemeld");
        var verifier = await table.Comes("the verifier");
        await Table.SignIn(verifier, "joris.tamboer");
        await verifier.Go("/opvolging");
        await verifier["th a:has-text('Voer eerst een gesprek')"].First.ClickAsync();
        await verifier["#verify-Verdict"].SelectOptionAsync("Agree");
        await verifier.IsAccessible("action, to verify");
        await verifier.Shot("19-nakijken");
        await Step(verifier, "verify");
        await verifier.Sees("Nagekeken");
        var manager = await table.Comes("the manager");
        await Table.SignIn(manager, "margriet.vandellen");
        await manager.Go("/opvolging");
        await manager.IsAccessible("follow-up of all");
        await manager.Shot("20-opvolging");
        await Expect(manager["tr:has(a:has-text('Voer eerst een gesprek'))"].Last).ToContainTextAsync("Nagekeken");
        await manager.Go(action);
        await manager.IsAccessible("action, verified");
        await manager.Shot("21-afspraak");

        // From the action back to the words, and on from the words to the action.
        await manager.Go(casePage);
        await manager.IsAccessible("case, with its chain");
        await manager.Shot("22-dossier");
        var agreement = manager["li.row:has(.row__title:has-text('Voer eerst een gesprek van tien minuten'))"].First;
        await agreement.Locator("summary").First.ClickAsync();
        await agreement.Locator("a[href*='#']:has-text('De score is advies')").First.ClickAsync();
        var words1 = manager.Page.Url[(manager.Page.Url.IndexOf('#', StringComparison.Ordinal) + 1)..];
        await Expect(manager[$"[id='{words1}']"]).ToContainTextAsync("De score is advies");
        await manager[$"[id='{words1}'] summary"].Last.ClickAsync();
        await manager[$"[id='{words1}'] a:has-text('Voer eerst een gesprek')"].First.ClickAsync();
        var back = manager.Page.Url[(manager.Page.Url.IndexOf('#', StringComparison.Ordinal) + 1)..];
        await Expect(manager[$"[id='{back}']"]).ToContainTextAsync("Voer eerst een gesprek");
        await Expect(manager[$"[id='{back}']"]).ToContainTextAsync("Werkinstructie, vastgesteld");

        foreach (var visitor in table.All)
            visitor.HadNoTrouble();
    }

    /// <summary>The guide, a phone and the big screen.</summary>
    private static async Task Everywhere(Table table, Visitor screen, string where)
    {
        foreach (var visitor in (Visitor[])[table.Guide, table.People[0], screen])
        {
            await visitor.IsAccessible(where);
            await visitor.FitsEachWindow(where);
        }
    }

    private static string Day(int days) =>
        TimeProvider.System.GetUtcNow().AddDays(days).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private static async Task Join(Visitor visitor, string name, string perspective)
    {
        await visitor.Fill("#veld-Form-Name", name);
        await visitor["#veld-Form-Perspective"].SelectOptionAsync(perspective);
        await visitor["form:has(#veld-Form-Name) button[type=submit]"].ClickAsync();
    }

    private static async Task Fact(Visitor visitor, string text, string certainty)
    {
        await visitor[$"#composer input[name=certainty][value={certainty}]"].CheckAsync();
        await Table.Note(visitor, text);
    }

    private static async Task Place(Visitor visitor, string words, string column)
    {
        var item = visitor[$"#board .item:has-text('{words}')"];
        await item.Locator("select").SelectOptionAsync(column);
        await item.Locator("form[id^=f-place] button").ClickAsync();
    }

    private static async Task Value(Visitor visitor, string words, string direction)
    {
        var item = visitor[$"#board .item:has-text('{words}')"];
        await item.Locator("details[id^=link-] summary").ClickAsync();
        await item.Locator("select[data-values]").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await item.Locator($"button[value={direction}]").ClickAsync();
        await Expect(item.Locator(".chips li")).ToHaveCountAsync(1);
    }

    private static async Task Position(Visitor visitor, string choice, string reason)
    {
        await visitor[$"#mine input[value={choice}]"].CheckAsync();
        await visitor.Fill("#mine textarea[name=reason]", reason);
        await visitor["#mine form.writer button[type=submit]"].ClickAsync();
        await Expect(visitor["#position"]).ToBeVisibleAsync();
    }

    /// <summary>All of it but what is agreed.</summary>
    private static async Task Agreement(Visitor visitor)
    {
        await visitor["#a-kind-new"].SelectOptionAsync("behaviour");
        await visitor["#a-new-because summary"].ClickAsync();
        await visitor["#a-new-because label:has-text('De score is advies') input"].CheckAsync();
        await visitor.Fill("#a-owner-new", "Femke Oosterling");
        await visitor.Fill("#a-mail-new", "femke.oosterling@dwb.voorbeeld");
        await visitor.Fill("#a-first-new", "Schrijf de werkinstructie met twee coaches.");
        await visitor.Fill("#a-firstdate-new", Day(14));
        await visitor.Fill("#a-due-new", Day(90));
        await visitor.Fill("#a-evidence-new", "Een telling van de gesprekken per maand.");
        await visitor.Fill("#a-verifier-new", "Joris Tamboer");
        await visitor.Fill("#a-vmail-new", "joris.tamboer@dwb.voorbeeld");
    }

    private static async Task AgreementByKeyboard(Visitor keys)
    {
        await keys.TabsTo("#a-text-new");
        await keys.Types("Haal postcode en digitaal gedrag eruit.");
        await keys.TabsTo("#a-new-because summary");
        await keys.Keys("Enter");
        await keys.TabsTo("#a-new-because input");
        await keys.Keys("Space");
        foreach (
            var (field, text) in new[] { ("#a-owner-new", "Joris Tamboer"), ("#a-first-new", "Reken het model opnieuw zonder beide.") }
        )
        {
            await keys.TabsTo(field);
            await keys.Types(text);
        }

        // Day, month and year, in whatever order they stand: each a step up, and once more.
        foreach (var (field, times) in new[] { ("#a-firstdate-new", 2), ("#a-due-new", 3) })
        {
            await keys.TabsTo(field);
            for (var part = 0; part < 3; part++)
                await keys.Keys([.. Enumerable.Repeat("ArrowUp", times), "ArrowRight"]);
        }

        await keys.TabsTo("#a-evidence-new");
        await keys.Types("Het verslag van het nieuwe model.");
        await keys.TabsTo("#f-agree-new button[type=submit]");
        await keys.Keys("Enter");
    }

    private static async Task Reflect(Visitor visitor, int value)
    {
        foreach (var radio in await visitor[$"#composer input[value='{value}']"].AllAsync())
            await radio.CheckAsync();
        await visitor["#composer button[type=submit]"].ClickAsync();
        await Expect(visitor["#mine-device li"]).ToHaveCountAsync(1);
    }

    private static async Task Step(Visitor visitor, string step)
    {
        var fold = visitor[$"details.card:has([id^='{step}-'])"].First;
        if (await fold.GetAttributeAsync("open") is null)
            await fold.Locator("summary").ClickAsync();
        await fold.Locator("button[type=submit]").ClickAsync();
    }
}
