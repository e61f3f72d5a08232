using System.Reflection;
using System.Text.Json;
using Dialogue.Activities;
using Dialogue.Wire;
using static Dialogue.Room;
using static Dialogue.Scenes;

namespace Dialogue.Anonymous;

public class AnonymityTests
{
    private static readonly string[] PersonalNames =
    [
        "name",
        "author",
        "owner",
        "email",
        "user",
        "account",
        "seat",
        "person",
        "by",
        "participant",
        "connection",
        "address",
        "order",
        "number",
        "sequence",
        "time",
        "at",
        "when",
        "created",
    ];

    [Fact]
    public void No_type_that_can_be_reached_from_a_sealed_entry_can_hold_a_person_a_moment_or_an_order()
    {
        var start = typeof(SealedEntry)
            .Assembly.GetTypes()
            .Where(type => type.Namespace == typeof(SealedEntry).Namespace && !type.Name.StartsWith('<'))
            .ToArray();
        start.ShouldContain(typeof(SealedItem));
        start.ShouldContain(typeof(SealedReflection));
        Complaints(start).ShouldBeEmpty();
    }

    [Fact]
    public void The_walk_finds_a_person_when_there_is_one()
    {
        Complaints([typeof(Seat)]).ShouldNotBeEmpty();
        Complaints([typeof(Planted)]).Length.ShouldBe(3);
    }

    private sealed record Planted(IReadOnlyDictionary<string, SeatId?> Hidden, string AuthorName, DateTimeOffset[] Moments);

    [Fact]
    public void Everything_that_can_be_sealed_is_in_that_folder() =>
        ActivityCatalogue.SealedEntries.Keys.ShouldAllBe(type =>
            type.IsSubclassOf(typeof(SealedEntry)) && type.Namespace == typeof(SealedEntry).Namespace
        );

    [Fact]
    public void What_comes_out_of_a_box_has_no_seat_no_perspective_and_no_holder()
    {
        var closing = Given(In("box")).When(new CloseRound(Id("box")), Facilitator, box: Box(8));
        foreach (var item in closing.Then<ItemsRevealed>().Items)
            (item.By, item.Perspective, item.Persona).ShouldBe((null, null, null));
        closing.After.Items.Values.ShouldAllBe(held => held.Holder == null);
        closing.Events.Select(e => e.Audience).ShouldAllBe(audience => audience == Audience.Everyone);
    }

    [Fact]
    public void Two_people_who_swap_what_they_wrote_leave_the_same_record()
    {
        var box = Box(9);
        var first = Text(Given(In("box")).When(new CloseRound(Id("box")), Facilitator, seed: 5, box: box));
        for (var seed = 0; seed < 50; seed++)
        {
            new Random(seed).Shuffle(box);
            Text(Given(In("box")).When(new CloseRound(Id("box")), Facilitator, seed: 5, box: box)).ShouldBe(first);
        }
    }

    [Fact]
    public void A_reflection_is_the_same_in_whatever_order_the_box_is_read()
    {
        SealedEntry[] box =
        [
            .. Enumerable.Range(0, 9).Select(n => new SealedReflection(new Dictionary<string, int> { ["safe"] = 1 + (n % 5) }, $"Zin {n}")),
        ];
        var first = Text(Given(In("terugblik")).When(new CloseRound(Id("terugblik")), Facilitator, seed: 5, box: box));
        new Random(3).Shuffle(box);
        Text(Given(In("terugblik")).When(new CloseRound(Id("terugblik")), Facilitator, seed: 5, box: box)).ShouldBe(first);
    }

    [Theory]
    [InlineData(5), InlineData(12), InlineData(30)]
    public void The_places_and_the_numbers_of_what_is_shown_tell_nothing_of_the_order_of_writing(int entries)
    {
        var places = new List<double>();
        var numbers = new List<double>();
        for (var seed = 0; seed < 1_000; seed++)
        {
            var shown = Given(In("box"))
                .When(new CloseRound(Id("box")), Facilitator, seed: (int)unchecked((uint)seed * 2654435761u), box: Box(entries))
                .Then<ItemsRevealed>()
                .Items;
            var written = shown.Select(item => int.Parse(item.Text.Split(' ')[1])).ToArray();
            places.Add(Spearman(written));
            numbers.Add(Spearman([.. shown.Zip(written).OrderBy(pair => pair.First.Id.Value).Select(pair => pair.Second)]));
        }
        places.Average().ShouldBeInRange(-0.05, 0.05);
        numbers.Average().ShouldBeInRange(-0.05, 0.05);
    }

    [Fact]
    public void Blind_items_are_shuffled_when_they_are_shown()
    {
        var relation = Enumerable
            .Range(0, 400)
            .Select(seed =>
            {
                var scene = Given(In("blind"));
                for (var n = 0; n < 10; n++)
                    scene = scene
                        .When(
                            new Activities.Contribute.AddItem(Id("blind"), ItemKind.Argument, $"Zin {n}"),
                            n % 2 == 0 ? Yusuf : Marja,
                            seed: HashCode.Combine(seed, n)
                        )
                        .And;
                return Spearman([
                    .. scene
                        .When(new CloseRound(Id("blind")), Facilitator, seed: HashCode.Combine(seed))
                        .Then<ItemsRevealed>()
                        .Items.Select(item => int.Parse(item.Text.Split(' ')[1])),
                ]);
            })
            .Average();
        relation.ShouldBeInRange(-0.05, 0.05);
    }

    [Fact]
    public void A_ticket_does_not_show_itself_in_a_text() => $"{new Ticket("geheim")}".ShouldBe("(ticket)");

    private static SealedEntry[] Box(int entries) =>
        [.. Enumerable.Range(0, entries).Select(n => new SealedItem(ItemKind.Argument, $"Zin {n}", n % 2 == 0 ? "mag" : "wil"))];

    private static string Text(Outcome outcome) =>
        string.Join('\n', outcome.Events.Select(e => JsonSerializer.Serialize(e, ModelJson.Lenient)));

    private static double Spearman(int[] ranks)
    {
        double n = ranks.Length;
        var sum = ranks.Select((rank, index) => Math.Pow(rank - index, 2)).Sum();
        return 1 - (6 * sum / (n * ((n * n) - 1)));
    }

    private static string[] Complaints(IEnumerable<Type> from)
    {
        var complaints = new List<string>();
        var seen = new HashSet<Type>();
        var queue = new Queue<(Type Type, string Path)>(from.Select(type => (type, type.Name)));
        Type[] forbidden =
        [
            typeof(Seat),
            typeof(SeatId),
            typeof(By),
            typeof(Viewer),
            typeof(DialogueId),
            typeof(CommandId),
            typeof(Ticket),
            typeof(DateTimeOffset),
            typeof(DateTime),
            typeof(DateOnly),
            typeof(TimeOnly),
            typeof(TimeSpan),
            typeof(Guid),
            typeof(object),
        ];
        while (queue.TryDequeue(out var next))
        {
            if (forbidden.Contains(next.Type))
            {
                complaints.Add($"{next.Path} is {next.Type.Name}");
                continue;
            }
            if (!seen.Add(next.Type))
                continue;
            if (next.Type.IsArray)
                queue.Enqueue((next.Type.GetElementType()!, next.Path));
            foreach (var argument in next.Type.GetGenericArguments())
                queue.Enqueue((argument, next.Path));
            if (next.Type.Namespace?.StartsWith("System", StringComparison.Ordinal) == true)
                continue;
            foreach (
                var property in next
                    .Type.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
                    .Where(property => property.Name != "EqualityContract")
            )
            {
                var words = System
                    .Text.RegularExpressions.Regex.Split(property.Name, "(?<=[a-z])(?=[A-Z])")
                    .Select(word => word.ToLowerInvariant());
                if (words.Any(word => PersonalNames.Contains(word)))
                    complaints.Add($"{next.Path}.{property.Name} is named as if it held somebody");
                queue.Enqueue((property.PropertyType, $"{next.Path}.{property.Name}"));
            }
            foreach (var field in next.Type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
                queue.Enqueue((field.FieldType, $"{next.Path}.{field.Name}"));
        }
        return [.. complaints];
    }
}
