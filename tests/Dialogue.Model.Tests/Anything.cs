using System.Collections;
using System.Collections.Concurrent;
using System.Reflection;
using Dialogue.Templates;

namespace Dialogue;

/// <summary>
/// Makes any event or command out of a small world: few seats, few items, the phases of <see cref="Room"/>, so that what is made at random
/// still meets itself. New types are made without a line here.
/// </summary>
public sealed class Anything(int seed, bool sane = false)
{
    private static readonly string[] Words =
    [
        "",
        "wel",
        "niet",
        "1",
        "2",
        "door",
        "stop",
        "effect",
        "argument",
        "option",
        "groep",
        "persoon",
        "weet",
        "mag",
        "wil",
        "personhood",
        "privacy",
        "known",
        "served",
        "advice",
        "named",
        "burger",
        "Tekst",
    ];

    private static readonly DateTimeOffset[] Times = [Scenes.Now, Scenes.Now.AddHours(1), DateTimeOffset.MinValue, DateTimeOffset.MaxValue];
    private static readonly ConcurrentDictionary<
        Type,
        (ConstructorInfo Constructor, bool[] Nullable, Type[] Types, PropertyInfo[] Properties)
    > Shapes = new();
    private static readonly Type[] Events = [.. Activities.ActivityCatalogue.Events.Keys];
    private static readonly Type[] Commands = [.. Activities.ActivityCatalogue.Commands.Keys];
    private readonly Random random = new(seed);

    public DialogueEvent Event() => (DialogueEvent)Make(Pick(Events));

    public DialogueCommand Command() => (DialogueCommand)Make(Pick(Commands));

    public T Pick<T>(IReadOnlyList<T> from) => from[random.Next(from.Count)];

    public object Make(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner)
            return random.Next(3) == 0 ? null! : Make(inner);
        if (type == typeof(string))
            return Pick(Words);
        if (type == typeof(bool))
            return random.Next(2) == 0;
        if (type == typeof(int))
            return sane ? random.Next(0, 6) : Pick([0, 1, 2, 3, 5, -1, int.MinValue, int.MaxValue]);
        if (type == typeof(DateTimeOffset))
            return sane ? Scenes.Now : Pick(Times);
        if (type == typeof(DateOnly))
            return Pick([new DateOnly(2026, 2, 17), new DateOnly(2026, 3, 31), DateOnly.MinValue, DateOnly.MaxValue]);
        if (type == typeof(Guid))
            return Guid.Empty;
        if (type == typeof(SeatId))
            return new SeatId(random.Next(sane ? 1 : -1, 12));
        if (type == typeof(ItemId))
            return new ItemId(random.Next(1, 6));
        if (type == typeof(PhaseId))
            return random.Next(20) == 0 ? new PhaseId("nergens") : Room.Id(Pick(Room.Template.Phases).Key);
        if (type == typeof(SessionTemplate))
            return random.Next(2) == 0 ? Room.Template : Room.Template with { Phases = [.. Room.Template.Phases.Take(random.Next(4))] };
        if (type.IsEnum)
            return Pick(Enum.GetValues(type).Cast<object>().ToArray());
        if (type.IsGenericType)
            return Collection(type);
        return Record(type);
    }

    private object Collection(Type type)
    {
        var arguments = type.GetGenericArguments();
        if (arguments.Length == 2)
        {
            var map = (IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(arguments))!;
            for (var n = random.Next(3); n > 0; n--)
                map[Make(arguments[0])] = Make(arguments[1]);
            return map;
        }
        var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(arguments))!;
        for (var n = random.Next(4); n > 0; n--)
            list.Add(Make(arguments[0]));
        return list;
    }

    private object Record(Type type)
    {
        var shape = Shapes.GetOrAdd(type, Shape);
        var made = shape.Constructor.Invoke([
            .. shape.Types.Select((one, at) => shape.Nullable[at] && random.Next(3) == 0 ? null : Make(one)),
        ]);
        foreach (var property in shape.Properties)
            property.SetValue(made, Make(property.PropertyType));
        return made;
    }

    private static (ConstructorInfo, bool[], Type[], PropertyInfo[]) Shape(Type type)
    {
        var constructor = type.GetConstructors().MaxBy(one => one.GetParameters().Length)!;
        var parameters = constructor.GetParameters();
        return (
            constructor,
            [
                .. parameters.Select(parameter =>
                    !parameter.ParameterType.IsValueType
                    && new NullabilityInfoContext().Create(parameter).WriteState == NullabilityState.Nullable
                ),
            ],
            [.. parameters.Select(parameter => parameter.ParameterType)],
            parameters.Length > 0 ? [] : [.. type.GetProperties().Where(property => property.CanWrite)]
        );
    }
}
