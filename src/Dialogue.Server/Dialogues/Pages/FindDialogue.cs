using Dialogue.Access;

namespace Dialogue.Dialogues.Pages;

/// <summary>The code field of the front page: people type spaces, dashes and small letters; the address of a dialogue has none.</summary>
internal static class FindDialogue
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet(
                "/meedoen",
                (string? code) =>
                    JoinCode.Normalise(code) is { Length: > 0 } found
                        ? Results.LocalRedirect($"/meedoen/{found}")
                        : Results.LocalRedirect("/?code=")
            )
            .OpenTo(Visitor.Anyone)
            .ExcludeFromDescription();
}
