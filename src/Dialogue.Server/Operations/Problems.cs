using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Dialogue.Look;

namespace Dialogue.Operations;

/// <summary>A refusal as an answer over HTTP: a status for programs, a type that never changes, a title for people.</summary>
public static partial class Problems
{
    public static IResult Of(Answer.Refused refused) => new RefusalResult(refused);

    /// <summary>The value, or the problem that says why there is none.</summary>
    public static IResult Reply<T>(this Result<T> result) => result.Refusal is { } refused ? Of(refused) : Results.Ok(result.Value);

    /// <summary>On the wire a code is its name in kebab-case.</summary>
    public static string Kebab(RefusalCode code)
    {
        var text = new StringBuilder();
        foreach (var letter in code.ToString())
        {
            if (char.IsUpper(letter) && text.Length > 0)
            {
                text.Append('-');
            }

            text.Append(char.ToLower(letter, CultureInfo.InvariantCulture));
        }

        return text.ToString();
    }

    /// <summary>
    /// A body that cannot be read is <c>malformed</c>; when it has a property that is not known, its name is in <c>property</c>, so that a
    /// program that misspelt one hears of it.
    /// </summary>
    internal static void SayWhatCannotBeRead(ProblemDetailsContext context)
    {
        if (context.Exception is not BadHttpRequestException bad)
            return;
        context.ProblemDetails.Type = "urn:dialogue:refusal:" + Kebab(RefusalCode.Malformed);
        context.ProblemDetails.Title = context.HttpContext.RequestServices.GetRequiredService<RefusalWords>().Say(RefusalCode.Malformed);
        context.ProblemDetails.Detail = null;
        if (bad.InnerException is JsonException { Message: var message } && UnknownProperty().Match(message) is { Success: true } found)
            context.ProblemDetails.Extensions["property"] = found.Groups["name"].Value;
    }

    [GeneratedRegex("^The JSON property '(?<name>[^']{1,100})' could not be mapped", RegexOptions.NonBacktracking)]
    private static partial Regex UnknownProperty();

    public static int Status(RefusalCode code) =>
        code switch
        {
            RefusalCode.NotAllowed => StatusCodes.Status403Forbidden,
            RefusalCode.TooFast => StatusCodes.Status429TooManyRequests,
            RefusalCode.CodeUnknown or RefusalCode.CodeEnded => StatusCodes.Status404NotFound,
            RefusalCode.Busy => StatusCodes.Status409Conflict,
            _ when code.ToString().StartsWith("NoSuch", StringComparison.Ordinal) => StatusCodes.Status404NotFound,
            _ when code.ToString().StartsWith("Already", StringComparison.Ordinal) => StatusCodes.Status409Conflict,
            _ => StatusCodes.Status422UnprocessableEntity,
        };

    private sealed class RefusalResult(Answer.Refused refused) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            var words = httpContext.RequestServices.GetRequiredService<RefusalWords>();
            var facts = refused.Facts?.Select(fact => KeyValuePair.Create(fact.Key, (object?)fact.Value));
            return Results
                .Problem(
                    statusCode: Status(refused.Code),
                    type: "urn:dialogue:refusal:" + Kebab(refused.Code),
                    title: words.Say(refused),
                    extensions: facts
                )
                .ExecuteAsync(httpContext);
        }
    }
}
