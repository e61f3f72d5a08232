using Microsoft.AspNetCore.Antiforgery;

namespace Dialogue.Access;

/// <summary>
/// A form post must carry the token of one of our own pages. The framework notes whether it did and leaves it to each endpoint
/// to look; <see cref="Look.Forms.FormGate"/> looks for all of them.
/// </summary>
public static class Forms
{
    /// <summary>For an endpoint that takes a plain form post. Pages (Razor components) have this of themselves.</summary>
    public static TBuilder IsForm<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder =>
        builder.ExcludeFromDescription().WithMetadata(new RequireAntiforgeryTokenAttribute());
}
