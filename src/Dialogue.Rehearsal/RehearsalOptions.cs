using System.Globalization;

namespace Dialogue.Rehearsal;

/// <summary>
/// What to rehearse, where, and with how many. The account is the facilitator of the demo organisation unless another is given.
/// </summary>
public sealed record RehearsalOptions
{
    public const string Usage =
        "usage: --url http://localhost:5080 --template persoon-geen-groep --participants 30 [--drop-rate 0.2] [--seed 1] [--email "
        + "... --password ...] [--think 400] [--keep-going]";

    public required Uri Url { get; init; }
    public string Template { get; init; } = "persoon-geen-groep";
    public int Participants { get; init; } = 30;

    /// <summary>The part of the participants whose connection breaks in each phase, and comes back.</summary>
    public double DropRate { get; init; }
    public int Seed { get; init; } = 1;
    public string Email { get; init; } = "noor.achterberg@dwb.voorbeeld";
    public string Password { get; init; } = "samen-aan-tafel";

    /// <summary>Milliseconds that a participant thinks at most before doing something.</summary>
    public int Think { get; init; } = 400;

    /// <summary>How long anybody waits for what must come; longer when the server is meant to die on the way.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Goes on with the next phase when something went wrong in one.</summary>
    public bool KeepGoing { get; init; }

    public static RehearsalOptions? Read(IReadOnlyList<string> args, out string wrong)
    {
        wrong = "";
        var given = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var at = 0; at < args.Count; at++)
        {
            if (args[at] is "--keep-going")
            {
                given[args[at]] = "true";
                continue;
            }
            if (!args[at].StartsWith("--", StringComparison.Ordinal) || at + 1 == args.Count)
            {
                wrong = $"'{args[at]}' is no option or lacks its value";
                return null;
            }
            given[args[at]] = args[++at];
        }
        string[] known =
        [
            "--url",
            "--template",
            "--participants",
            "--drop-rate",
            "--seed",
            "--email",
            "--password",
            "--think",
            "--keep-going",
        ];
        if (given.Keys.FirstOrDefault(key => !known.Contains(key)) is { } unknown)
            wrong = $"unknown option {unknown}";
        var url = given.GetValueOrDefault("--url", "http://localhost:5080");
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            wrong = "--url must be an http or https address";
        if (
            !int.TryParse(given.GetValueOrDefault("--participants", "30"), CultureInfo.InvariantCulture, out var participants)
            || participants is < 1 or > 599
        )
            wrong = "--participants must be 1 to 599";
        if (!double.TryParse(given.GetValueOrDefault("--drop-rate", "0"), CultureInfo.InvariantCulture, out var rate) || rate is < 0 or > 1)
            wrong = "--drop-rate must be 0 to 1";
        if (!int.TryParse(given.GetValueOrDefault("--seed", "1"), CultureInfo.InvariantCulture, out var seed))
            wrong = "--seed must be a number";
        if (
            !int.TryParse(given.GetValueOrDefault("--think", "400"), CultureInfo.InvariantCulture, out var think)
            || think is < 1 or > 60_000
        )
            wrong = "--think must be 1 to 60000";
        if (wrong.Length > 0)
            return null;
        var plain = new RehearsalOptions { Url = new Uri(address!.GetLeftPart(UriPartial.Authority)) };
        return plain with
        {
            Template = given.GetValueOrDefault("--template", plain.Template),
            Participants = participants,
            DropRate = rate,
            Seed = seed,
            Think = think,
            Email = given.GetValueOrDefault("--email", plain.Email),
            Password = given.GetValueOrDefault("--password", plain.Password),
            KeepGoing = given.ContainsKey("--keep-going"),
        };
    }
}
