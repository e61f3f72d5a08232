using System.Collections.Immutable;

namespace Dialogue;

/// <summary>In what part somebody is named who need not be at the table.</summary>
public enum PersonPart
{
    /// <summary>Who asks for the dialogue.</summary>
    Sponsor,

    /// <summary>Who keeps an eye on what was agreed.</summary>
    FollowUpOwner,

    /// <summary>Who speaks for a group that is affected; numbered by its place in the intake, from 0.</summary>
    Representative,

    /// <summary>Who does what was agreed; numbered by the agreement.</summary>
    Owner,

    /// <summary>Who looks whether it was done; numbered by the agreement.</summary>
    Verifier,

    /// <summary>Who bears a risk that stays; numbered by the risk.</summary>
    RiskBearer,

    /// <summary>Who accepts a risk that stays; numbered by the risk.</summary>
    RiskAccepter,
}

/// <summary>The place of a person in one dialogue.</summary>
/// <param name="Number">Of what the part belongs to; 0 where there is one such part only.</param>
public readonly record struct PersonKey(PersonPart Part, int Number = 0)
{
    public static PersonKey Owner(ItemId agreement) => new(PersonPart.Owner, agreement.Value);

    public static PersonKey Verifier(ItemId agreement) => new(PersonPart.Verifier, agreement.Value);

    public static PersonKey RiskBearer(ItemId risk) => new(PersonPart.RiskBearer, risk.Value);

    public static PersonKey RiskAccepter(ItemId risk) => new(PersonPart.RiskAccepter, risk.Value);
}

/// <summary>Somebody who is named in a dialogue: a person, or a function in words.</summary>
/// <param name="Name">Empty when only an address was given.</param>
/// <param name="Email">In small letters; null when none was given. For guides and the server alone.</param>
public sealed record NamedPerson(string Name, string? Email = null)
{
    /// <summary>Null when there is neither a name nor an address.</summary>
    public static NamedPerson? Of(string? name, string? email = null)
    {
        // Capitals mean nothing in an address, and it is looked for by whoever erases somebody.
        var (clean, address) = (PlainText.Clean(name), PlainText.ReadOptional(email).Value?.ToLowerInvariant());
        return clean.Length == 0 && address is null ? null : new NamedPerson(clean, address);
    }
}

/// <summary>Who is named in one part of a dialogue; null when that is forgotten or taken back.</summary>
public sealed record PersonTold(PersonKey Key, NamedPerson? Person) : PersonFact;

/// <summary>Erases who is named in one part of a dialogue. What was agreed stays, without the person.</summary>
public sealed record ForgetPerson(PersonPart Part, int Number = 0) : DialogueCommand;

/// <summary>Who was named in this part is forgotten: whoever shows it shows nobody from now on.</summary>
public sealed record PersonForgotten(PersonPart Part, int Number) : DialogueEvent;

/// <summary>Reads and changes of people who are named.</summary>
public static class NamedPeople
{
    /// <summary>The facts that make the people of these parts and numbers those of <paramref name="now"/>, and nobody else.</summary>
    public static IReadOnlyList<PersonFact> Become(
        this ImmutableDictionary<PersonKey, NamedPerson> people,
        Func<PersonKey, bool> about,
        IReadOnlyDictionary<PersonKey, NamedPerson?> now
    ) =>
        [
            .. people.Keys.Where(key => about(key) && now.GetValueOrDefault(key) is null).Select(key => new PersonTold(key, null)),
            .. now.Where(pair => pair.Value is not null && people.GetValueOrDefault(pair.Key) != pair.Value)
                .Select(pair => new PersonTold(pair.Key, pair.Value)),
        ];
}
