using Dialogue.Access;

namespace Dialogue.Look;

/// <summary>The code field of the front page: people type spaces, dashes and small letters; the address of a dialogue has none.</summary>
public static class FindDialogue
{
    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/meedoen", (string? code) =>
        Normalise(code) is { Length: > 0 } found ? Results.LocalRedirect($"/meedoen/{found}") : Results.LocalRedirect("/?code="))
        .OpenTo(Visitor.Anyone).ExcludeFromDescription();

    public static string Normalise(string? code) =>
        new string([.. (code ?? "").Where(char.IsAsciiLetterOrDigit).Take(64)]).ToUpperInvariant();
}
