using Microsoft.AspNetCore.Authorization;

namespace Dialogue.Access;

/// <summary>
/// On a page (<c>@attribute [OpenTo(Visitor.Anyone)]</c>) or an endpoint (<c>.OpenTo(Visitor.Seat)</c>): no account is asked for here, and
/// this is who may come. Whoever must show something else (a seat, a personal link, a code) shows it to the slice behind the door. Every
/// entrance has this or
/// <see cref="StaffOnlyAttribute"/>; the tests keep the list.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class OpenToAttribute(Visitor who) : Attribute, IAllowAnonymous
{
    public Visitor Who { get; } = who;
}

/// <summary>Who comes without having to sign in.</summary>
public enum Visitor
{
    Anyone,

    /// <summary>Whoever knows the code of a dialogue.</summary>
    Code,

    /// <summary>Whoever has a seat in the dialogue, by a guest's token or by an account; or a big screen that was let in.</summary>
    Seat,

    /// <summary>Whoever holds a personal link to an agreed action.</summary>
    Link,

    /// <summary>Whoever reads the setup code in the log of the server.</summary>
    SetupCode,

    /// <summary>Anyone, in a demonstration only.</summary>
    Demonstration,
}

public static class OpenToEndpoints
{
    public static TBuilder OpenTo<TBuilder>(this TBuilder builder, Visitor who)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new OpenToAttribute(who));
}
