using Dialogue.Templates;
using static Dialogue.Room;
using static Dialogue.Scenes;

namespace Dialogue;

public class MaterialTests
{
    private static readonly Fact[] Facts =
    [
        new("Coaches mogen zelf kiezen", Certainty.Known, "werkinstructie"),
        new("Online gedrag hangt samen met de postcode", Certainty.ToCheck),
    ];
    private static readonly Persona[] Cards =
    [
        new("dex", "Dex, 24", "Belt vaak", "Leest moeilijk"),
        new("sam", "Sam, 30", "Geen diploma", "Leert elke avond"),
    ];
    private static readonly DialogueEvent[] Opened = [Prepared, new LobbyOpened("proef", Scenes.Now)];

    [Fact]
    public void Facts_and_cards_are_recorded_clean_each_as_an_event_of_its_own() =>
        Given(Prepared)
            .When(
                new RecordMaterial(
                    [new(" Coaches mogen zelf kiezen\u200B ", Certainty.Known, " werkinstructie "), Facts[1] with { Source = " " }],
                    Cards
                ),
                Organiser
            )
            .Then(new FactsRecorded(Facts), new CardsRecorded(Cards));

    [Fact]
    public void A_list_that_is_left_out_stays_as_it_was()
    {
        Given(Prepared, CardsOnTheTable)
            .When(new RecordMaterial(Facts), Organiser)
            .Then(new FactsRecorded(Facts))
            .After.Personas.ShouldBe(Personas);
        Given(Prepared)
            .When(new RecordMaterial(Cards: Cards), Organiser)
            .Then(new CardsRecorded(Cards))
            .After.Case!.Facts.ShouldBe(Room.Case.Facts);
        Given(Prepared).When(new RecordMaterial(), Organiser).ThenRefused(RefusalCode.TextMissing);
    }

    [Fact]
    public void All_facts_can_be_taken_out_again() =>
        Given(Prepared).When(new RecordMaterial([]), Organiser).After.Case!.Facts.ShouldBeEmpty();

    [Fact]
    public void The_same_fact_twice_is_one_fact() =>
        Given(Prepared)
            .When(new RecordMaterial([Facts[0], Facts[0] with { Source = null }]), Organiser)
            .Then(new FactsRecorded([Facts[0]]));

    [Fact]
    public void It_can_be_changed_until_the_dialogue_runs_and_by_the_facilitator_alone()
    {
        Given(Opened).When(new RecordMaterial(Facts), Organiser).Then(new FactsRecorded(Facts));
        Given(Lobby).When(new RecordMaterial(Facts), Facilitator).Then(new FactsRecorded(Facts));
        foreach (var other in new[] { CoFacilitator, CaseOwner, Yusuf, Observer, Board })
            Given(Lobby).When(new RecordMaterial(Facts), other).ThenRefused(RefusalCode.NotAllowed);
        Given(In("verhaal")).When(new RecordMaterial(Facts), Facilitator).ThenRefused(RefusalCode.NotInThisStage);
        Given([.. In("verhaal"), new DialoguePaused(Scenes.Now)])
            .When(new RecordMaterial(Cards: Cards), Organiser)
            .ThenRefused(RefusalCode.NotInThisStage);
    }

    [Theory]
    [InlineData(" ", "known", null, RefusalCode.TextMissing)]
    [InlineData("601", "known", null, RefusalCode.TextTooLong)]
    [InlineData("Een feit", "known", "301", RefusalCode.TextTooLong)]
    public void A_fact_that_cannot_be_is_refused(string text, string certainty, string? source, RefusalCode code) =>
        Given(Prepared)
            .When(
                new RecordMaterial([new(Long(text), Choices.Read<Certainty>(certainty)!.Value, source is null ? null : Long(source))]),
                Organiser
            )
            .ThenRefused(code);

    [Theory]
    [InlineData(" ", "a", "b", RefusalCode.TextMissing)]
    [InlineData("Sam", " ", "b", RefusalCode.TextMissing)]
    [InlineData("Sam", "a", "", RefusalCode.TextMissing)]
    [InlineData("61", "a", "b", RefusalCode.TextTooLong)]
    [InlineData("Sam", "601", "b", RefusalCode.TextTooLong)]
    [InlineData("Sam", "a", "601", RefusalCode.TextTooLong)]
    public void A_card_that_cannot_be_is_refused(string name, string registered, string notRegistered, RefusalCode code) =>
        Given(Prepared)
            .When(new RecordMaterial(Cards: [Cards[0], new("", Long(name), Long(registered), Long(notRegistered))]), Organiser)
            .ThenRefused(code);

    [Fact]
    public void There_are_two_to_twelve_cards_and_so_many_facts()
    {
        foreach (var count in new[] { 0, 1, 13 })
            Given(Prepared)
                .When(new RecordMaterial(Cards: [.. Enumerable.Repeat(Cards[0], count)]), Organiser)
                .ThenRefused(RefusalCode.CardsOutOfRange)
                .Facts.ShouldBe(new Dictionary<string, string> { ["min"] = "2", ["max"] = "12" });
        Given(Prepared)
            .When(new RecordMaterial([.. Enumerable.Range(1, 31).Select(n => new Fact($"Feit {n}", Certainty.Known))]), Organiser)
            .ThenRefused(RefusalCode.TooManyFacts)
            .Facts!["max"]
            .ShouldBe("30");
        Given(Prepared).When(new RecordMaterial([null!]), Organiser).ThenRefused(RefusalCode.TextMissing);
        Given(Prepared).When(new RecordMaterial(Cards: [null!, null!]), Organiser).ThenRefused(RefusalCode.TextMissing);
    }

    [Fact]
    public void A_method_without_cards_takes_none()
    {
        var without = Prepared with { Template = Template with { Phases = [Template.Phases[0]] } };
        Given(without).When(new RecordMaterial(Cards: Cards), Organiser).ThenRefused(RefusalCode.NoCardsHere);
    }

    [Fact]
    public void Every_card_has_a_key_of_its_own() =>
        Given(Prepared)
            .When(
                new RecordMaterial(
                    Cards: [Cards[0], Cards[1] with { Key = "dex" }, Cards[1] with { Key = "" }, Cards[1] with { Key = "Geen <sleutel>" }]
                ),
                Organiser
            )
            .Then<CardsRecorded>()
            .Cards.Select(card => card.Key)
            .ShouldBe(["dex", "kaart-1", "kaart-2", "kaart-3"]);

    [Fact]
    public void A_card_is_an_example_until_it_is_made_ones_own()
    {
        var state = Given(Prepared, CardsOnTheTable)
            .When(new RecordMaterial(Cards: [Personas[0], Personas[1] with { Registered = "61, zoekt al drie jaar" }]), Organiser)
            .After;
        state.Personas.Select(state.IsExample).ShouldBe([true, false]);
    }

    [Fact]
    public void The_table_is_dealt_from_these_cards() =>
        Given([.. Lobby, new CardsRecorded(Cards), new PhaseStarted(Id("kaart"), null, Scenes.Now)])
            .When(new Activities.Contribute.AddItem(Id("kaart"), ItemKind.Effect, "x", "weet"), Yusuf)
            .Then<ItemsRevealed>()
            .Items[0]
            .Persona.ShouldBe("sam");

    [Fact]
    public void Facts_are_for_everybody_and_cards_for_whoever_leads_or_prepares()
    {
        foreach (var role in new[] { Role.Facilitator, Role.CoFacilitator, Role.Organiser })
        {
            new Viewer(null, role).MaySee(new FactsRecorded(Facts)).ShouldBeTrue();
            new Viewer(null, role).MaySee(new CardsRecorded(Cards)).ShouldBeTrue();
        }

        foreach (var role in new[] { Role.Participant, Role.CaseOwner, Role.DecisionMaker, Role.Observer, Role.Projector })
        {
            new Viewer(new SeatId(4), role).MaySee(new FactsRecorded(Facts)).ShouldBeTrue();
            new Viewer(new SeatId(4), role).MaySee(new CardsRecorded(Cards)).ShouldBeFalse();
        }
    }

    [Fact]
    public void What_was_prepared_is_on_the_table_when_the_case_is_told_and_comes_there_once()
    {
        var told = Given([.. Lobby, new FactsRecorded(Facts)]).When(new StartPhase(Id("verhaal"), null), Facilitator);
        told.Then<ItemsRevealed>()
            .Items.Select(item => (item.Kind, item.Text, item.Certainty, item.Source, item.By, item.Perspective))
            .ShouldBe([
                (ItemKind.Fact, Facts[0].Text, (Certainty?)Certainty.Known, "werkinstructie", (SeatId?)null, (string?)null),
                (ItemKind.Fact, Facts[1].Text, (Certainty?)Certainty.ToCheck, null, null, null),
            ]);
        told.After.ShownIn(Id("verhaal")).Select(item => item.Id).ShouldBeUnique();
        var back = told
            .And.When(new StartPhase(Id("live"), Id("verhaal")), Facilitator)
            .And.When(new StartPhase(Id("verhaal"), Id("live")), Facilitator);
        back.ThenNothingOf<ItemsRevealed>();
        back.After.ShownIn(Id("verhaal")).Count().ShouldBe(2);
    }

    [Fact]
    public void A_phase_that_does_not_tell_the_case_brings_no_facts() =>
        Given(Lobby).When(new StartPhase(Id("welkom"), null), Facilitator).ThenNothingOf<ItemsRevealed>();

    [Fact]
    public void A_prepared_fact_can_be_rested_on_and_hidden_but_is_nobodys_to_reword()
    {
        var told = Given([.. Lobby, new FactsRecorded(Facts)]).When(new StartPhase(Id("verhaal"), null), Facilitator);
        var fact = told.After.ShownIn(Id("verhaal")).First();
        told.And.When(new EditItem(fact.Id, "Iets anders"), Facilitator).ThenRefused(RefusalCode.NotYours);
        told.And.When(new HideItem(fact.Id, "Klopt niet"), Facilitator).Then(new ItemHidden(fact.Id, "Klopt niet", new(1)));
        Activities.Items.IsShown(told.After, fact.Id).ShouldBeTrue();
    }

    /// <summary>A text that is a number stands for so many letters.</summary>
    private static string Long(string text) => int.TryParse(text, out var length) ? new string('x', length) : text;
}
