using System.Globalization;
using System.Text.RegularExpressions;
using Dialogue.Activities;
using Dialogue.Activities.Assess;
using Dialogue.Activities.Commit;
using Dialogue.Activities.Contribute;
using Dialogue.Activities.Decide;
using Dialogue.Activities.Organise;
using Dialogue.Activities.Present;
using Dialogue.Activities.Reflect;
using Dialogue.Activities.Talk;
using Dialogue.Anonymous;
using Dialogue.Look;
using Dialogue.Templates;
using Dialogue.Wire;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Logging;

namespace Dialogue.Dialogues.Room;

/// <summary>Draws every phase of a whole dialogue, open and closed, for every role in both languages.</summary>
public sealed partial class RenderTests
{
    private static readonly Role[] Roles =
    [
        Role.Facilitator,
        Role.CoFacilitator,
        Role.CaseOwner,
        Role.Participant,
        Role.Observer,
        Role.DecisionMaker,
        Role.Projector,
    ];

    private static readonly ServiceProvider Services = WithComponents()
        .AddLogging()
        .AddLocalization()
        .AddSingleton(TimeProvider.System)
        .AddSingleton<RefusalWords>()
        .AddSingleton(new Storage.WhatIsErased(AlsoFromItsLog: false))
        .AddSingleton<RoomRenderer>()
        .AddSingleton<IStringLocalizer<Words>, Complete>()
        .AddHttpContextAccessor()
        .BuildServiceProvider(validateScopes: true);

    internal static Drawing Draw() => Services.GetRequiredService<RoomRenderer>().Begin();

    private static ServiceCollection WithComponents()
    {
        var services = new ServiceCollection();
        services.AddSingleton<Microsoft.Extensions.Configuration.IConfiguration>(
            new Microsoft.Extensions.Configuration.ConfigurationBuilder().Build()
        );
        services.AddSingleton(
            Moq.Mock.Of<Microsoft.AspNetCore.Hosting.IWebHostEnvironment>(host =>
                host.EnvironmentName == "Development"
                && host.ApplicationName == "Dialogue.Server"
                && host.WebRootPath == AppContext.BaseDirectory
                && host.WebRootFileProvider == new Microsoft.Extensions.FileProviders.NullFileProvider()
                && host.ContentRootPath == AppContext.BaseDirectory
            )
        );
        services.AddRazorComponents();
        return services;
    }

    [Fact]
    public void Every_activity_has_a_face() => ActivityCatalogue.All.Where(activity => !Faces.Knows(activity)).ShouldBeEmpty();

    [Fact]
    public async Task Every_step_of_a_dialogue_is_drawn_for_every_role_and_language_without_anything_inline()
    {
        await using var drawing = Draw();
        var drawn = 0;
        foreach (var step in Story.Steps)
        foreach (var role in Roles)
        foreach (var language in Language.All)
        {
            var view = Story.View(step.After, role, language);
            var html = await Page(view);
            var page = HeadOf().Replace(html, "");
            Clean(page);
            foreach (var change in await drawing.Shared(view, [step.Event]))
                Clean(change.Html);
            foreach (var change in await drawing.Private(view, [step.Event]))
                Clean(change.Html);
            foreach (var change in await drawing.Presence(view))
                Clean(change.Html);
            drawn++;
        }

        drawn.ShouldBeGreaterThan(400);
    }

    [Fact]
    public async Task What_only_one_seat_may_see_is_in_no_shared_fragment_and_on_no_other_page()
    {
        await using var drawing = Draw();
        var seen = 0;
        foreach (var step in Story.Steps)
        foreach (var role in Roles)
        {
            var stranger = Story.View(step.After, role, "nl");
            foreach (var change in await drawing.Shared(Story.View(step.After, role, "nl", Story.Writer), [step.Event]))
                Secretless(change.Html, step);
            Secretless(await Page(stranger), step);
            if (
                role == Role.Participant
                && (await Page(Story.View(step.After, role, "nl", Story.Writer))).Contains(Story.Secret, StringComparison.Ordinal)
            )
                seen++;
        }

        seen.ShouldBeGreaterThan(0, "the author sees it, so the test looks for something that is there");
    }

    /// <summary>Whatever the method says of names: a position never has one, and below five of them no perspective.</summary>
    [Fact, Trait("Finding", "C5")]
    public async Task What_is_said_of_a_position_before_it_is_sent_is_what_happens_to_it()
    {
        var step = Story.Steps.First(one => one.After.CurrentPhase?.Kind.Name == "decide");
        var page = await Page(Story.View(step.After, Role.Participant, "nl", Story.Writer));
        page.ShouldContain("Uw naam staat niet bij uw standpunt");
        page.ShouldContain($"alleen bij {Limits.AnswersForDistribution} of meer standpunten");
        page.ShouldNotContain("Anderen zien uw naam");
    }

    [Fact]
    public async Task The_address_of_an_owner_is_for_guides()
    {
        var step = Story.Steps.Last(one => one.Event is AgreementProposed);
        foreach (var role in Roles)
            (await Page(Story.View(step.After, role, "nl")))
                .Contains(Story.Address, StringComparison.Ordinal)
                .ShouldBe((role & Role.Guides) != 0);
    }

    [Fact]
    public async Task A_shown_note_is_one_small_change_and_never_the_board()
    {
        await using var drawing = Draw();
        var step = Story.Steps.First(one => one.Event is ItemsRevealed { Phase.Value: "live" });
        var changes = await drawing.Shared(Story.View(step.After, Role.Participant, "nl"), [step.Event]);
        var change = changes.ShouldHaveSingleItem();
        change.Do.ShouldBe("put");
        change.Into.ShouldBe("board-live");
        change.Html!.Length.ShouldBeLessThan(400);
    }

    [
        Theory,
        InlineData("nl", "Dit staat vast", "Hierover verschillen wij", "Dit gaan wij nog na", "Dit weten wij niet"),
        InlineData("en", "This is known", "On this we differ", "This we still check", "This we do not know")
    ]
    public async Task Facts_stand_in_groups_by_how_certain_they_are_for_everybody(string language, params string[] headings)
    {
        var told = Story.Steps.First(one => one.Event is ItemsRevealed { Phase.Value: "case", Items.Count: 4 }).After;
        foreach (var role in Roles)
        {
            var board = (await Page(Story.View(told, role, language))).Split("id=\"case-facts\"")[1];
            var places = headings
                .Zip(Choices.All<Certainty>())
                .SelectMany(group => new[] { group.First, $"Vooraf: {group.Second}" })
                .Select(words => board.IndexOf(words, StringComparison.Ordinal))
                .ToArray();
            places.ShouldAllBe(place => place > 0);
            places.ShouldBeInOrder();
        }
    }

    [Fact]
    public async Task A_fact_that_is_noted_comes_beside_the_prepared_ones_as_one_small_change()
    {
        await using var drawing = Draw();
        var step = Story.Steps.First(one => one.Event is ItemsRevealed { Phase.Value: "case", Items.Count: 1 });
        var change = (await drawing.Shared(Story.View(step.After, Role.Participant, "nl"), [step.Event])).ShouldHaveSingleItem();
        (change.Do, change.Into).ShouldBe(("put", "board-case-toCheck"));
        change.Html.ShouldNotBeNull().ShouldContain("hier genoteerd");
    }

    [Fact]
    public async Task A_participant_sees_the_card_that_was_dealt_and_no_other()
    {
        var state = Story.Steps.First(one => one.Event is PhaseStarted { To.Value: "blind" }).After;
        var page = await Page(Story.View(state, Role.Participant, "nl", Story.Writer));
        var dealt = state.PersonaOf(Story.Writer).ShouldNotBeNull();
        page.ShouldContain(dealt.NotRegistered);
        page.ShouldNotContain(state.Personas.Single(card => card != dealt).NotRegistered);
        foreach (var role in new[] { Role.Observer, Role.Projector })
            (await Page(Story.View(state, role, "nl"))).ShouldNotContain(dealt.NotRegistered);
    }

    [Theory, Trait("Finding", "K2"), InlineData(0, 7, true), InlineData(1, 6, false)]
    public async Task When_everybody_gave_the_same_answer_the_room_is_told_that_it_is_known_of_everybody(int low, int high, bool told)
    {
        var shown = Story.Steps.First(one => one.Event is AssessmentRevealed { Phase.Value: "scale" }).After;
        var state = shown.Fold(new AssessmentRevealed(new("scale"), [new("a", 7, [low, 0, 0, 0, high])]));
        foreach (var role in new[] { Role.Facilitator, Role.Participant, Role.Projector })
            (await Page(Story.View(state, role, "nl"))).Contains("id=\"alike\"", StringComparison.Ordinal).ShouldBe(told);
    }

    [Fact, Trait("Finding", "B6")]
    public async Task How_many_are_here_is_drawn_again_whenever_somebody_comes_or_goes()
    {
        await using var drawing = Draw();
        var lobby = Story.Steps.First(one => one.Event is SeatTaken && one.After.Stage == Stage.Lobby).After;
        foreach (var role in new[] { Role.Facilitator, Role.Participant, Role.Projector })
            (await drawing.Presence(Story.View(lobby, role, "nl"))).Select(change => change.Target).ShouldContain("lobby-count");
        var before = Story
            .Steps.First(one => one.Event is PhaseStarted && Story.View(one.After, Role.Facilitator, "nl").Next is { IsSealed: true })
            .After;
        (await drawing.Presence(Story.View(before, Role.Facilitator, "nl"))).Select(change => change.Target).ShouldContain("next-seats");
        (await Page(Story.View(before, Role.Facilitator, "nl"))).ShouldContain("id=\"next-seats\"");
        (await drawing.Presence(Story.View(before, Role.Participant, "nl"))).Select(change => change.Target).ShouldNotContain("next-seats");
    }

    [Fact]
    public async Task A_change_drawn_twice_is_asked_for_once()
    {
        await using var drawing = Draw();
        var state = Story.Steps[^1].After;
        var changes = await drawing.Shared(Story.View(state, Role.Facilitator, "nl"), [.. Story.Steps.Select(step => step.Event)]);
        changes.Where(change => change.Do != "say").Select(change => change.Target).ShouldBeUnique();
    }

    [Fact]
    public async Task Ones_own_note_is_one_small_change_however_many_notes_there_are()
    {
        await using var drawing = Draw();
        var steps = Story
            .Steps.Where(one =>
                one.Event is ItemWritten { Seat: var seat } && seat == Story.Writer && one.After.CurrentPhase!.Kind.Name == "contribute"
            )
            .ToArray();
        steps.ShouldNotBeEmpty();
        foreach (var step in steps)
        {
            var change = (
                await drawing.Private(Story.View(step.After, Role.Participant, "nl", Story.Writer), [step.Event])
            ).ShouldHaveSingleItem();
            change.Do.ShouldBe("put");
            change.Into.ShouldBe("mine-items");
            (await Page(Story.View(step.After, Role.Participant, "nl", Story.Writer))).ShouldContain($"id=\"{change.Target}\"");
        }
    }

    private static void Secretless(string? html, Story.Step step) =>
        (html ?? "").Contains(Story.Secret, StringComparison.Ordinal).ShouldBeFalse($"after {step.Event}");

    private static void Clean(string? html)
    {
        if (html is null)
            return;
        html.ShouldNotContain("<script");
        html.ShouldNotContain("<style");
        Inline().Match(html).Value.ShouldBeEmpty();
        var ids = Ids().Matches(html).Select(match => match.Groups["id"].Value).ToArray();
        ids.GroupBy(id => id, StringComparer.Ordinal).Where(group => group.Count() > 1).Select(group => group.Key).ShouldBeEmpty();
    }

    private static async Task<string> Page(RoomView view)
    {
        await using var scope = Services.CreateAsyncScope();
        await using var html = new HtmlRenderer(scope.ServiceProvider, Services.GetRequiredService<ILoggerFactory>());
        return await html.Dispatcher.InvokeAsync(async () =>
        {
            using var speaking = Language.Speak(view.Language);
            var root = await html.RenderComponentAsync<RoomPage>(
                ParameterView.FromDictionary(new Dictionary<string, object?>(StringComparer.Ordinal) { ["View"] = view })
            );
            return root.ToHtmlString();
        });
    }

    [GeneratedRegex("\\s(style|on[a-z]+)\\s*=\\s*\"[^\"]*\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Inline();

    [GeneratedRegex("\\sid=\"(?<id>[^\"]*)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Ids();

    [GeneratedRegex("<script (type=\"module\" )?src=\"[^\"]*\"( defer)?></script>", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex HeadOf();

    /// <summary>A word that is not there is a mistake, not a key on a screen.</summary>
    private sealed class Complete(IStringLocalizerFactory factory) : IStringLocalizer<Words>
    {
        private readonly IStringLocalizer words = factory.Create(typeof(Words));
        public LocalizedString this[string name] => Found(words[name]);
        public LocalizedString this[string name, params object[] arguments] => Found(words[name, arguments]);

        public IEnumerable<LocalizedString> GetAllStrings(bool includeParentCultures) => words.GetAllStrings(includeParentCultures);

        private static LocalizedString Found(LocalizedString one) =>
            one.ResourceNotFound ? throw new InvalidOperationException($"no words for {one.Name}") : one;
    }
}

/// <summary>A dialogue through all activities, kept after each event.</summary>
internal static class Story
{
    public const string Secret = "GEHEIM-WOORD";
    public const string Spoken = "GEZEGD";
    public const string Address = "eigenaar@voorbeeld.nl";
    public static readonly SeatId Writer = new(4);

    private static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly Dictionary<Role, SeatId> SeatOf = new()
    {
        [Role.Facilitator] = new(1),
        [Role.CoFacilitator] = new(2),
        [Role.CaseOwner] = new(3),
        [Role.Participant] = new(5),
        [Role.DecisionMaker] = new(9),
        [Role.Observer] = new(10),
    };

    public static IReadOnlyList<Step> Steps { get; } = [.. Tell()];

    public sealed record Step(DialogueEvent Event, DialogueState After);

    public static RoomView View(DialogueState state, Role role, string language, SeatId? seat = null) =>
        new(
            new DialogueId(Guid.Parse("11111111-1111-1111-1111-111111111111")),
            "K7M-2QD-9XW",
            "http://voorbeeld.nl/k7m",
            state,
            7,
            new Viewer(role == Role.Projector ? null : seat ?? SeatOf[role], role),
            language,
            new HashSet<int> { 1, 4 }
        );

    private static Text T(string text) => new(text, text);

    private static PhaseTemplate Phase(
        string key,
        string activity,
        Attribution attribution = Attribution.Perspective,
        Reveal reveal = Reveal.Live,
        PhaseSettings? settings = null
    ) =>
        new()
        {
            Key = key,
            Activity = activity,
            Title = T(key),
            Prompt = T("Wat?"),
            Help = T("Zo."),
            Script = T("Zeg dit."),
            Minutes = 5,
            Attribution = attribution,
            Reveal = reveal,
            Settings = settings ?? NoSettings.Instance,
        };

    private static IEnumerable<Step> Tell()
    {
        var state = DialogueState.Empty;
        var steps = new List<Step>();
        var seed = 1;
        IReadOnlyList<SealedEntry>? box = null;
        void Do(DialogueCommand command, int seat = 0)
        {
            var by = seat == 0 ? new By(null, Role.Organiser) : new By(new SeatId(seat), state.Seat(new SeatId(seat))!.Role);
            var ruling = state.Decide(command, by, new Moment(Start.AddMinutes(seed), seed++, box));
            ruling.Refusal.ShouldBeNull($"{command}");
            state = state.Knowing(ruling.Told);
            foreach (var happened in ruling.Events)
                steps.Add(new Step(happened, state = state.Fold(happened)));
        }

        Choice[] choices = [new("a", T("Eerste")), new("b", T("Tweede"))];
        var template = new SessionTemplate
        {
            Key = "alles",
            Version = 1,
            Title = T("Alles"),
            Purpose = T("Proef"),
            Rules = [T("Luister.")],
            Perspectives = [new("burger", T("Burger"))],
            Phases =
            [
                Phase("case", "present", settings: new PresentSettings() { ShowCase = true }),
                Phase("live", "contribute", settings: new ContributeSettings() { Kinds = [ItemKind.Effect, ItemKind.Value] }),
                Phase(
                    "blind",
                    "contribute",
                    Attribution.Named,
                    Reveal.OnClose,
                    new ContributeSettings()
                    {
                        Kinds = [ItemKind.Effect],
                        Buckets = choices,
                        Personas = true,
                    }
                ),
                Phase("box", "contribute", Attribution.Anonymous, Reveal.OnClose, new ContributeSettings() { Kinds = [ItemKind.Option] }),
                Phase(
                    "round",
                    "talk",
                    settings: new TalkSettings()
                    {
                        TurnMode = TurnMode.Round,
                        SecondsPerTurn = 60,
                        Kinds = [ItemKind.Effect, ItemKind.Lesson],
                        From = ["live"],
                    }
                ),
                Phase("free", "talk", Attribution.Named, settings: new TalkSettings() { TurnMode = TurnMode.Free }),
                Phase("rest", "break"),
                Phase("columns", "organise", settings: new OrganiseSettings() { Layout = OrganiseLayout.Columns, Columns = choices }),
                Phase("values", "organise", settings: new OrganiseSettings() { Layout = OrganiseLayout.Values }),
                Phase(
                    "scale",
                    "assess",
                    reveal: Reveal.OnClose,
                    settings: new AssessSettings()
                    {
                        Instrument = AssessInstrument.Scale,
                        Subjects = choices,
                        LowLabel = T("laag"),
                        HighLabel = T("hoog"),
                    }
                ),
                Phase(
                    "dots",
                    "assess",
                    reveal: Reveal.OnClose,
                    settings: new AssessSettings() { Instrument = AssessInstrument.Dots, From = ["live"] }
                ),
                Phase(
                    "decide",
                    "decide",
                    reveal: Reveal.OnClose,
                    settings: new DecideSettings() { Rule = DecisionRule.Consent, Positions = choices }
                ),
                Phase("commit", "commit", settings: new CommitSettings() { From = ["live"] }),
                Phase(
                    "reflect",
                    "reflect",
                    Attribution.Anonymous,
                    Reveal.OnClose,
                    new ReflectSettings() { Questions = choices, OpenQuestion = T("Nog iets?") }
                ),
            ],
        };
        TemplateCheck.Problems(template).ShouldBeEmpty();
        Do(
            new PrepareDialogue(
                "Een gesprek",
                "nl",
                new CaseBrief(new CaseId(Guid.NewGuid()), "Een vraag", "Een verhaal", "aiOverheid", [new("Feit", Certainty.Known, "bron")]),
                template,
                [new("p", "Sam", "woont alleen", "zorgt voor moeder")]
            )
        );
        Do(
            new RecordMaterial(
                [.. Choices.All<Certainty>().Select(certainty => new Fact("Vooraf: " + certainty, certainty, "een bron"))],
                [new("p", "Sam", "woont alleen", "zorgt voor moeder"), new("q", "Kim", "geen diploma", "leert elke avond")]
            )
        );
        Do(new RecordIntake(new Intake { StatusOfOutcome = OutcomeStatus.Decision }));
        Do(new OpenLobby("proef"));
        Role[] roles =
        [
            Role.Facilitator,
            Role.CoFacilitator,
            Role.CaseOwner,
            Role.Participant,
            Role.Participant,
            Role.Participant,
            Role.Participant,
            Role.Participant,
            Role.DecisionMaker,
            Role.Observer,
        ];
        foreach (var role in roles)
            Do(new TakeSeat("Naam", "burger", role));
        void Go(string to) => Do(new StartPhase(new(to), state.CurrentPhase?.Id), 1);

        Go("case");
        Do(new RecordFact(new("case"), "Een feit erbij", Certainty.ToCheck), 1);
        Do(new RaiseHand(Up: true), 4);
        Do(new ParkQuestion("Waarom eigenlijk?"), 4);
        Go("live");
        Do(new AddItem(new("live"), ItemKind.Effect, "Zichtbaar"), 4);
        Do(new AddItem(new("live"), ItemKind.Value, "Ook zichtbaar"), 5);
        Do(new AddItem(new("live"), ItemKind.Value, "Straks verborgen"), 6);
        var shown = state.ShownIn(new("live")).ToArray();
        Do(new SpotlightItem(shown[0].Id), 1);
        Do(new HideItem(shown[2].Id, "niet netjes"), 1);
        Do(new MarkReady(new("live"), Ready: true), 4);
        Do(new PauseDialogue(), 1);
        Do(new ResumeDialogue(), 1);
        Do(new ExtendPhase(new("live"), 1), 1);
        Go("blind");
        Do(new AddItem(new("blind"), ItemKind.Effect, Secret, "a"), 4);
        Do(new EditItem(state.HeldBy(Writer, new("blind")).Single().Item.Id, Secret + " anders"), 4);
        Do(new WithdrawItem(state.HeldBy(Writer, new("blind")).Single().Item.Id), 4);
        Do(new AddItem(new("blind"), ItemKind.Effect, "Open", "b"), 5);
        Do(new CloseRound(new("blind")), 1);
        Go("box");
        box = [new SealedItem(ItemKind.Option, "een"), new SealedItem(ItemKind.Option, "twee"), new SealedItem(ItemKind.Option, "drie")];
        Do(new CloseRound(new("box")), 1);
        Go("round");
        Do(new StartTurns(new("round")), 1);
        Do(new CapturePoint(new("round"), ItemKind.Effect, Spoken), 2);
        Do(new RequestCorrection(new("round"), state.ShownIn(new("round")).Single().Id, "Zo niet"), 5);
        Do(new EditItem(state.ShownIn(new("round")).Single().Id, Spoken + " anders"), 1);
        Do(new TakeSeat("Laatkomer", "burger", Role.Participant));
        while (((TalkState)state.CurrentPhase!.State) is var talk && talk.Next(state, state.CurrentPhase) is { } next)
            Do(next.Id == Writer ? new GiveTurn(new("round"), Writer, talk.Speaker) : new GiveTurn(new("round"), From: talk.Speaker), 1);
        Go("free");
        Do(new RaiseHand(Up: true), 5);
        Do(new GiveTurn(new("free")), 1);
        Do(new PassTurn(new("free")), 5);
        Go("rest");
        Go("columns");
        Do(new PlaceItem(new("columns"), shown[0].Id, "a"), 4);
        Do(new PlaceItem(new("columns"), shown[0].Id, null), 4);
        Go("values");
        Do(new InvokeValue(new("values"), shown[0].Id, "privacy", ValueDirection.Strained), 4);
        Do(new NameTension(new("values"), "privacy", "efficiency", "Botst"), 4);
        Go("scale");
        for (var seat = 3; seat <= 9; seat++)
            Do(new GiveAssessment(new("scale"), "a", (seat % 5) + 1), seat);
        Do(new WithdrawAssessment(new("scale"), "a"), 9);
        Do(new GiveAssessment(new("scale"), "b", 0), 4);
        Do(new CloseRound(new("scale")), 1);
        Go("dots");
        for (var seat = 3; seat <= 9; seat++)
            Do(new GiveAssessment(new("dots"), shown[0].Id.ToString(), 2), seat);
        Do(new CloseRound(new("dots")), 1);
        Go("decide");
        Do(new TakePosition(new("decide"), "a", Secret, Secret), 4);
        Do(new WithdrawPosition(new("decide")), 4);
        for (var seat = 5; seat <= 9; seat++)
            Do(new TakePosition(new("decide"), "b", "Daarom", "Anders"), seat);
        Do(new CloseRound(new("decide")), 1);
        Do(new ProposeDecision(new("decide"), "Wij doen het"), 1);
        Do(new RaiseObjection(new("decide"), "Te snel"), 4);
        Do(new ResolveObjection(new("decide"), ((DecideState)state.CurrentPhase!.State).Objections[0].Id, "Eerst een proef"), 1);
        Do(new SettleDecision(new("decide"), ResultKind.Decision, "Wij doen het", "Want", [shown[0].Id], "Eerst een proef"), 1);
        Do(new GiveMinorityView(new("decide"), "Ik niet", "Als het fout gaat", HolderKind.Perspective), 4);
        Go("commit");
        Do(
            new ProposeAgreement(
                new("commit"),
                null,
                new AgreementDraft
                {
                    Text = "Schrijf de brief",
                    Kind = AgreementKind.Communicate,
                    Because = [shown[0].Id],
                    BecauseValues = ["privacy"],
                    Owner = "Teamleider",
                    OwnerEmail = Address,
                    FirstStep = "Bel",
                    FirstStepDate = new(2026, 4, 1),
                    DueDate = new(2026, 5, 1),
                    IfThen = "als",
                    EvidencePlan = "telling",
                    Indicator = "aantal",
                    Verifier = "collega",
                }
            ),
            4
        );
        Do(new ConfirmAgreement(new("commit"), state.Agreements().Single().Id, Confirmed: true), 1);
        Do(new AcceptRisk(new("commit"), "Risico", "burger", "manager", "klachten"), 1);
        Do(new PlanReview(new("commit"), new(2030, 1, 1)), 1);
        Go("reflect");
        box =
        [
            .. Enumerable
                .Range(1, 5)
                .Select(value => new SealedReflection(
                    new Dictionary<string, int>(StringComparer.Ordinal) { ["a"] = value },
                    "Zin " + value.ToString(CultureInfo.InvariantCulture)
                )),
        ];
        Do(new CloseRound(new("reflect")), 1);
        Do(new GiveRole(new SeatId(5), Role.Observer), 1);
        Do(new CloseDialogue(), 1);
        return steps;
    }
}
