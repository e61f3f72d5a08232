using System.Collections;
using System.Reflection;
using System.Text.Json;
using CsCheck;
using Dialogue.Activities;
using Dialogue.Activities.Contribute;
using Dialogue.Activities.Decide;
using Dialogue.Wire;
using static Dialogue.Room;
using static Dialogue.Scenes;

namespace Dialogue;

/// <summary>The log holds no person, and a name never meets a perspective.</summary>
public class PersonsTests
{
    /// <summary>
    /// Words of these fields are for a name, an address or a way to reach somebody. What is listed below it is looked at one by one.
    /// </summary>
    private static readonly string[] Personal = ["name", "email", "address", "owner", "holder", "verifier", "sponsor", "contact", "phone"];

    /// <summary>Fields that look like a person and are none, and why.</summary>
    private static readonly Dictionary<string, string> NoPerson = new(StringComparer.Ordinal)
    {
        ["Persona.Name"] = "a fictional person on a card",
        ["Perspective.Name"] = "the words of a perspective",
        ["Choice.Name"] = "the words of a choice",
        ["AffectedGroup.Name"] = "a group, not a person",
        ["MinorityView.Holder"] = "under what it is kept: one of three choices",
    };

    /// <summary>Every type of event, with everything that can be reached from it.</summary>
    [Fact, Trait("Finding", "C1")]
    public void No_event_has_a_field_for_a_name_or_an_address()
    {
        var events = ActivityCatalogue.Events.Keys.ToArray();
        events.Length.ShouldBeGreaterThan(60);
        events.SelectMany(type => FieldsOf(type, [])).Where(IsPersonal).Distinct().ShouldBeEmpty();
        FieldsOf(typeof(Intake), []).Where(IsPersonal).ShouldContain(("Intake", "Sponsor"), "the test sees nothing");
        FieldsOf(typeof(Activities.Commit.ProposeAgreement), []).Where(IsPersonal).ShouldContain(("AgreementDraft", "OwnerEmail"));
    }

    /// <summary>
    /// Fields of text in events that anybody can type in: what each is for, looked at one by one. A new one is added here by somebody who
    /// asked themselves whether it is for a person.
    /// </summary>
    [Fact, Trait("Finding", "C1")]
    public void Every_field_of_text_in_an_event_is_known_and_is_not_for_a_person()
    {
        var fields = ActivityCatalogue
            .Events.Keys.SelectMany(type => TextsOf(type, []))
            .Where(field => !Keys.Contains(field.Name))
            .Select(field => $"{field.Owner}.{field.Name}")
            .Distinct()
            .Order(StringComparer.Ordinal);
        Golden.Check("texts.txt", string.Join('\n', fields) + "\n");
    }

    [Fact, Trait("Finding", "C1")]
    public void Whoever_is_named_is_in_no_event_whatever_is_said_of_them()
    {
        const string mark = "Zwaantje";
        var intake = FullIntake with
        {
            Sponsor = mark,
            FollowUpOwner = mark,
            FollowUpOwnerEmail = "zwaantje@dwb.voorbeeld",
            Affected = [new("Gemeenten", Chair.Represented, mark), new("Burgers", Chair.Waived, "Komen later")],
        };
        var recorded = Given(Prepared).When(new RecordIntake(intake), Organiser);
        recorded.After.Intake!.Affected[0].Note.ShouldBe(mark);
        recorded.After.Intake!.Affected[1].Note.ShouldBe("Komen later");
        var draft = ((Activities.Commit.ProposeAgreement)Examples.Of(typeof(Activities.Commit.ProposeAgreement))).Draft with
        {
            Owner = mark,
            OwnerEmail = "zwaantje@dwb.voorbeeld",
            Verifier = mark + " Twee",
            VerifierEmail = "twee.zwaantje@dwb.voorbeeld",
            Because = [],
            BecauseValues = ["privacy"],
        };
        var proposed = Given(In("afspraken")).When(new Activities.Commit.ProposeAgreement(Id("afspraken"), null, draft), Yusuf);
        var risk = proposed.And.When(new Activities.Commit.AcceptRisk(Id("afspraken"), "Risico", mark, mark, "Klachten"), Board);
        DialogueEvent[] events = [.. recorded.Events, .. proposed.Events, .. risk.Events];
        events.Length.ShouldBe(3);
        events.Select(Json).ShouldAllBe(json => !json.Contains(mark, StringComparison.OrdinalIgnoreCase));
        risk.After.People.Count.ShouldBe(6, "sponsor and owner of the follow-up, owner and verifier, who bears and who accepts");
    }

    [Fact, Trait("Finding", "C1")]
    public void A_person_can_be_forgotten_and_what_was_agreed_stays()
    {
        var forgotten = Given(Lobby).When(new ForgetPerson(PersonPart.Sponsor), Organiser).Then(new PersonForgotten(PersonPart.Sponsor, 0));
        (forgotten.After.Intake!.Sponsor, forgotten.After.Intake.FollowUpOwner).ShouldBe(("", "Noor"));
        forgotten.And.When(new ForgetPerson(PersonPart.Sponsor), Organiser).ThenRefused(RefusalCode.NothingToWithdraw);
        Given(Lobby).When(new ForgetPerson(PersonPart.Sponsor), Facilitator).ThenRefused(RefusalCode.NotAllowed);
    }

    [Fact, Trait("Finding", "C1")]
    public void A_name_that_is_told_is_in_no_event_of_the_dialogue()
    {
        const string name = "Zwaantje Opdencamp";
        DialogueEvent[] events =
        [
            .. Given(Lobby).When(new TakeSeat(name, "burger", Role.Participant), Organiser).Events,
            .. Given(Lobby).When(new RenameSeat(name), Yusuf).Events,
        ];
        events.Length.ShouldBeGreaterThan(2);
        events.Select(Json).ShouldAllBe(json => !json.Contains("Zwaantje", StringComparison.Ordinal));
    }

    [Fact, Trait("Finding", "C1")]
    public void No_stored_example_holds_a_name_of_somebody_at_the_table()
    {
        foreach (
            var file in Golden.Files("Stored").Where(file => Path.GetFileName(file).StartsWith("dialogue.seat", StringComparison.Ordinal))
        )
        foreach (var name in Names)
            File.ReadAllText(file).ShouldNotContain(name);
    }

    [Fact, Trait("Finding", "C1")]
    public void A_name_can_be_forgotten_and_the_seat_stays()
    {
        var after = Given(Lobby).When(new ForgetName(new(4)), Organiser).Then(new SeatRenamed(new(4))).After;
        after.NameOf(new(4)).ShouldBeNull();
        after.Seat(new(4)).ShouldNotBeNull();
        Given(Lobby).When(new ForgetName(new(4)), Facilitator).ThenRefused(RefusalCode.NotAllowed);
    }

    [Fact, Trait("Finding", "K1")]
    public void What_the_room_may_see_never_joins_a_seat_to_a_perspective()
    {
        var guest = new Viewer(new SeatId(5), Role.Participant);
        foreach (var happened in Examples.Events.Where(happened => guest.MaySee(happened)))
            HasBoth(happened).ShouldBeFalse(happened.GetType().Name);
        HasBoth(new PerspectiveTold(new(4), "burger")).ShouldBeTrue("the test sees nothing");

        static bool HasBoth(DialogueEvent happened)
        {
            var fields = Values(happened).ToArray();
            return fields.Any(one => one.Value is SeatId) && fields.Any(one => one is { Name: "Perspective", Value: not null });
        }
    }

    /// <summary>
    /// A room of six: a guest has every event that is theirs to see and the name of each seat, and tries to name authors from these.
    /// </summary>
    [Fact, Trait("Finding", "K1")]
    public void An_ordinary_guest_of_a_room_of_six_can_name_no_author() =>
        Gen.Int.Sample(
            seed =>
            {
                var random = new Random(seed);
                string[] all = ["burger", "uitvoering", "beleid"];
                var scene = Given(Prepared, new LobbyOpened(null, Now));
                var log = new List<DialogueEvent>();
                Scene Do(Scene before, DialogueCommand command, By by)
                {
                    var outcome = before.When(command, by, random.Next());
                    log.AddRange(outcome.Events);
                    return outcome.And;
                }
                scene = Do(scene, new TakeSeat("Noor", "", Role.Facilitator), Organiser);
                for (var n = 2; n <= 7; n++)
                    scene = Do(scene, new TakeSeat("Gast " + n, all[random.Next(all.Length)], Role.Participant), Organiser);
                scene = Do(scene, new StartPhase(Id("live"), null), Facilitator);
                foreach (var n in Enumerable.Range(3, 5).Concat(Enumerable.Range(3, 5)))
                    scene = Do(scene, new AddItem(Id("live"), ItemKind.Effect, $"Notitie van {n}"), new By(new(n), Role.Participant));
                scene = Do(scene, new StartPhase(Id("blind"), Id("live")), Facilitator);
                foreach (var n in Enumerable.Range(3, 5))
                    scene = Do(scene, new AddItem(Id("blind"), ItemKind.Argument, $"Argument van {n}"), new By(new(n), Role.Participant));
                scene = Do(scene, new StartPhase(Id("named"), Id("blind")), Facilitator);
                foreach (var n in Enumerable.Range(3, 5))
                    scene = Do(scene, new AddItem(Id("named"), ItemKind.Option, $"Onder mijn naam {n}"), new By(new(n), Role.Participant));

                var guest = new Viewer(new SeatId(2), Role.Participant);
                var seen = log.Where(happened => guest.MaySee(happened)).ToArray();
                // With whom may each perspective go, as far as the guest can see? With anybody: there is no pair in what is seen.
                var pairs = seen.SelectMany(happened => Pairs(happened)).Where(pair => pair.Seat != guest.Seat).ToArray();
                pairs.ShouldBeEmpty();
                // And no perspective on a note is held by one person only.
                foreach (var item in seen.OfType<ItemsRevealed>().SelectMany(shown => shown.Items))
                    if (item.Perspective is { Length: > 0 } perspective and not Perspectives.Participant)
                        scene.State.AtTable(null).Count(seat => seat.Perspective == perspective).ShouldBeGreaterThanOrEqualTo(2);
            },
            iter: 30
        );

    private static IEnumerable<(SeatId Seat, string Perspective)> Pairs(DialogueEvent happened) =>
        happened switch
        {
            PerspectiveTold e => [(e.Seat, e.Perspective)],
            ItemWritten { Item.Perspective: { Length: > 0 } perspective } e => [(e.Seat, perspective)],
            ItemsRevealed e => e
                .Items.Where(item => item is { By: not null, Perspective.Length: > 0 })
                .Select(item => (item.By!.Value, item.Perspective!)),
            _ => [],
        };

    [Fact, Trait("Finding", "K1")]
    public void A_perspective_of_one_person_who_is_here_is_shown_as_participant()
    {
        var here = new HashSet<SeatId> { new(1), new(4), new(5), new(7) };
        Item Written(By by) =>
            Given(In("live")).When(new AddItem(Id("live"), ItemKind.Effect, "x"), by, present: here).Then<ItemsRevealed>().Items[0];
        Written(Yusuf).Perspective.ShouldBe("burger");
        Written(Alina).Perspective.ShouldBe(Perspectives.Participant, "the two others with this perspective are not here");

        var blind = Given(In("blind")).When(new AddItem(Id("blind"), ItemKind.Argument, "x"), Alina).And;
        blind.When(new CloseRound(Id("blind")), Facilitator).Then<ItemsRevealed>().Items[0].Perspective.ShouldBe("uitvoering");
        blind
            .When(new CloseRound(Id("blind")), Facilitator, present: here)
            .Then<ItemsRevealed>()
            .Items[0]
            .Perspective.ShouldBe(Perspectives.Participant);
    }

    [Fact, Trait("Finding", "K1")]
    public void A_named_note_carries_no_perspective() =>
        Given(In("named"))
            .When(new AddItem(Id("named"), ItemKind.Option, "x"), Yusuf)
            .Then<ItemsRevealed>()
            .Items[0]
            .Perspective.ShouldBeNull();

    [Fact, Trait("Finding", "K1")]
    public void Cards_are_dealt_by_lot_evenly_and_the_same_again_from_the_same_moment()
    {
        Scene Sitting(int seed)
        {
            var scene = Given(Prepared, CardsOnTheTable, new LobbyOpened(null, Now));
            var draws = new Random(seed);
            for (var n = 1; n <= 8; n++)
                scene = scene.When(new TakeSeat("Gast " + n, "", Role.Participant), Organiser, seed: draws.Next()).And;
            return scene;
        }
        int[] Places(int seed) => [.. Sitting(seed).State.Dealt.OrderBy(one => one.Key.Value).Select(one => one.Value)];
        Places(1).ShouldBe(Places(1));
        Enumerable.Range(1, 20).Select(seed => string.Join(',', Places(seed))).Distinct().Count().ShouldBeGreaterThan(5);
        foreach (var seed in Enumerable.Range(1, 20))
            Places(seed).Count(place => place == 0).ShouldBe(4);
    }

    [Fact, Trait("Finding", "C2")]
    public void What_everybody_sees_of_preparing_has_no_script_and_no_cards()
    {
        var template = Template with
        {
            Phases = [.. Template.Phases.Select(phase => phase with { Script = new("Zeg niets over de brief") })],
        };
        var outcome = Given().When(new PrepareDialogue("Titel", "nl", Room.Case, template, Personas), Organiser);
        var guest = new Viewer(new SeatId(4), Role.Participant);
        var seen = string.Concat(outcome.Events.Where(happened => guest.MaySee(happened)).Select(Json));
        seen.ShouldNotContain("Zeg niets over de brief");
        seen.ShouldNotContain(Personas[0].NotRegistered);
        var guide = new Viewer(new SeatId(1), Role.Facilitator);
        string.Concat(outcome.Events.Where(happened => guide.MaySee(happened)).Select(Json)).ShouldContain("Zeg niets over de brief");
        outcome.After.Phases[0].Template.Script!.Nl.ShouldBe("Zeg niets over de brief");
        outcome.After.Personas.ShouldBe(Personas);
    }

    private static string Json(DialogueEvent happened) => JsonSerializer.Serialize(happened, ModelJson.Lenient);

    private static bool IsPersonal((string Owner, string Name) field) =>
        Personal.Any(word => field.Name.Contains(word, StringComparison.OrdinalIgnoreCase))
        && !NoPerson.ContainsKey($"{field.Owner}.{field.Name}");

    /// <summary>Fields that hold a key of the template or of a vocabulary, never words that somebody typed.</summary>
    private static readonly HashSet<string> Keys =
    [
        "Key",
        "Language",
        "TimeZone",
        "Domain",
        "SuggestedFor",
        "Activity",
        "Nl",
        "En",
        "Value",
        "ValueA",
        "ValueB",
        "BecauseValues",
        "Perspective",
        "Bucket",
        "Persona",
        "Choice",
        "Subject",
        "Question",
        "Column",
    ];

    private static IEnumerable<(string Owner, string Name)> TextsOf(Type type, HashSet<Type> seen)
    {
        if (!seen.Add(type) || type.Namespace?.StartsWith("Dialogue", StringComparison.Ordinal) != true || type.IsEnum)
            return [];
        return type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.GetIndexParameters().Length == 0)
            .SelectMany(property =>
                Parts(property.PropertyType).SelectMany(part => part == typeof(string) ? [(type.Name, property.Name)] : TextsOf(part, seen))
            );
    }

    /// <summary>All fields that can be reached from a type, with the type that has them.</summary>
    private static IEnumerable<(string Owner, string Name)> FieldsOf(Type type, HashSet<Type> seen)
    {
        if (!seen.Add(type) || type.Namespace?.StartsWith("Dialogue", StringComparison.Ordinal) != true || type.IsEnum)
            return [];
        return type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .SelectMany(property =>
                Parts(property.PropertyType).SelectMany(part => FieldsOf(part, seen)).Append((type.Name, property.Name))
            );
    }

    private static IEnumerable<Type> Parts(Type type) =>
        type.IsArray ? [type.GetElementType()!]
        : type.IsGenericType ? type.GetGenericArguments()
        : [type];

    private static IEnumerable<(string Name, object? Value)> Values(object? thing)
    {
        if (thing is null || thing.GetType() is var type && (type.IsPrimitive || thing is string || thing is SeatId))
            yield break;
        if (thing is IEnumerable many)
        {
            foreach (var one in many)
            foreach (var value in Values(one))
                yield return value;
            yield break;
        }
        if (thing.GetType().Namespace?.StartsWith("Dialogue", StringComparison.Ordinal) != true || thing.GetType().IsEnum)
            yield break;
        foreach (var property in thing.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.Name == nameof(DialogueEvent.Audience) || property.GetIndexParameters().Length > 0)
                continue;
            var value = property.GetValue(thing);
            yield return (property.Name, value);
            foreach (var inner in Values(value))
                yield return inner;
        }
    }
}
