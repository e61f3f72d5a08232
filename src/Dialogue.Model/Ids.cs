using System.Globalization;

namespace Dialogue;

/// <summary>One dialogue: a live conversation and the record that it leaves.</summary>
public readonly record struct DialogueId(Guid Value) : IParsable<DialogueId>
{
    public override string ToString() => Value.ToString("N");

    public static DialogueId Parse(string text, IFormatProvider? provider = null) => new(Guid.Parse(text));

    public static bool TryParse(string? text, IFormatProvider? provider, out DialogueId id)
    {
        var ok = Guid.TryParse(text, out var value);
        id = new(value);
        return ok;
    }
}

/// <summary>A case: the ethical question and all that came of it. It outlives its dialogues.</summary>
public readonly record struct CaseId(Guid Value)
{
    public override string ToString() => Value.ToString("N");
}

/// <summary>Made by the client, once for each thing it wants; the same id again is the same wish.</summary>
public readonly record struct CommandId(Guid Value)
{
    public override string ToString() => Value.ToString("N");
}

/// <summary>A place at the table of one dialogue. Only the roster of the server knows which person sits on it.</summary>
public readonly record struct SeatId(int Value)
{
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>One phase of one dialogue: an activity at its place in the script. Equal to the key of the phase in the template.</summary>
public readonly record struct PhaseId(string Value)
{
    public override string ToString() => Value;
}

/// <summary>
/// Something somebody brought in. The number is drawn at random, so that numbers tell nothing of the order of arrival.
/// </summary>
public readonly record struct ItemId(int Value)
{
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A one-time right to put one entry in a sealed box. It says nothing about whose it is.</summary>
public readonly record struct Ticket(string Value)
{
    public override string ToString() => "(ticket)";
}
