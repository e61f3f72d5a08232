using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Dialogue.Access;
using Dialogue.Activities;
using Dialogue.Activities.Contribute;
using Dialogue.Anonymous;
using Dialogue.Dialogues;
using Dialogue.FollowUp;
using Dialogue.Operations;
using Dialogue.Organisations;
using Dialogue.Server.Tests.FollowUp;
using Dialogue.Wire;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Dialogue.Architecture;

/// <summary>
/// Who gets what at every entrance: each page and endpoint, by each method, and each call of the hub, tried by each kind of visitor on a
/// running server. <c>authorization.txt</c> is the whole table. An entrance that is not in it fails; so does one whose address the test
/// cannot fill in. Everything is asked about one dialogue for its team only, one question and one agreed action of one organisation.
/// Whoever may least comes first, so that an act of somebody who may does not hide that another could have done it too.
/// </summary>
/// <remarks>
/// The words: <c>ok</c> the thing itself; <c>in</c> sent to sign in; <c>to</c> sent to another page; <c>401</c>, <c>403</c>;
/// <c>none</c> 404, it does not exist for this visitor; <c>gone</c> 410; <c>bad</c> let in, and the empty request is refused (400, 409, 415
/// or 422). A POST of a page goes with the token of a page and without the name of a form, so <c>bad</c> there means: the door is open.
/// </remarks>
public sealed partial class AuthorizationTests : IAsyncDisposable
{
    private const string Elsewhere = "vreemde@elders.voorbeeld";

    /// <summary>Signed in with a password only, where the organisation asks for two steps.</summary>
    private const string Unfinished = "halverwege@streng.voorbeeld";

    /// <summary>Asked last: after these the visitor is no longer who it was.</summary>
    private static readonly string[] Ends = ["/api/v1/sign-out", "/uitloggen"];

    /// <summary>
    /// What is sent where an empty request would be refused before anybody looks whose thing it is about. Without one of these <c>bad</c>
    /// says only that the door is open.
    /// </summary>
    private static object BodyOf(Visitor visitor, string entrance) =>
        entrance == "POST /api/v1/sign-in"
            // Each with a mistake of its own: wrong tries are counted by address and account.
            ? new { email = visitor.Name + "@niemand.voorbeeld", password = "verkeerd" }
            : Bodies.GetValueOrDefault(entrance, new { });

    private static readonly Dictionary<string, object> Bodies = new(StringComparer.Ordinal)
    {
        ["POST /api/v1/actions/{id:guid}/steps"] = new { type = "report-progress", remark = "" },
        ["PUT /api/v1/people/{id:guid}"] = new { name = "Iemand Anders", roles = Array.Empty<string>() },
        ["POST /api/v1/people/{id:guid}/address"] = new { email = "ander@dwb.voorbeeld" },
        ["PUT /api/v1/units/{id:guid}"] = new { name = "Een andere naam" },
        ["PUT /api/v1/partners/{id:guid}"] = new
        {
            name = "Een andere partner",
            timeZone = "Europe/Amsterdam",
            language = "nl",
        },
        ["PUT /api/v1/partners/{partner:guid}/contacts/{id:guid}"] = new { name = "Iemand", email = "iemand@partner.voorbeeld" },
        ["POST /api/v1/partners/{partner:guid}/contacts"] = new { name = "Iemand", email = "tweede@partner.voorbeeld" },
        ["POST /api/v1/organisations/{id:guid}/administrators"] = new { name = "Iemand", email = "beheer@elders.voorbeeld" },
    };

    private readonly RunningServer server = new();
    private readonly List<Visitor> visitors = [];
    private readonly Dictionary<string, string> values = new(StringComparer.Ordinal);
    private readonly Dictionary<HttpClient, string> tokens = [];
    private DialogueId dialogue;
    private string otherLink = "";

    private static readonly string Pad = Convert.ToBase64String(new byte[TicketPad.Length]);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        foreach (var visitor in visitors)
            visitor.Http.Dispose();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task Every_entrance_answers_every_visitor_as_the_table_says()
    {
        await Furnish();
        var lines = new List<string>();
        var entrances = server
            .Services.GetServices<EndpointDataSource>()
            .SelectMany(source => source.Endpoints)
            .OfType<RouteEndpoint>()
            .Distinct()
            .Where(endpoint =>
                !EntrancesTests.IsOfTheFramework(endpoint)
                && endpoint.RoutePattern.RawText?.StartsWith("/hubs", StringComparison.Ordinal) != true
            )
            .SelectMany(endpoint =>
                (endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]).Select(method =>
                    (Method: method, Path: "/" + (endpoint.RoutePattern.RawText ?? "").TrimStart('/'))
                )
            )
            .Where(entrance => entrance.Method is not ("OPTIONS" or "HEAD"))
            .Distinct()
            .OrderBy(entrance => Ends.Contains(entrance.Path))
            .ThenBy(entrance => entrance.Method == "DELETE")
            .ThenBy(entrance => entrance.Path, StringComparer.Ordinal)
            .ThenBy(entrance => entrance.Method, StringComparer.Ordinal)
            .ToArray();
        entrances.Length.ShouldBeGreaterThan(60);
        foreach (var (method, path) in entrances)
        {
            // Reading changes nothing, so all may read at once; of acts one may stand in the way of the next.
            var answers = new List<string>();
            if (method == "GET" && path != "/health/ready")
                answers.AddRange(await Task.WhenAll(visitors.Select(visitor => Ask(visitor, method, path))));
            else
                foreach (var visitor in visitors)
                    answers.Add(await Ask(visitor, method, path));
            lines.Add(Row($"{method} {path}", answers));
        }

        lines.Sort(StringComparer.Ordinal);
        foreach (var call in HubCalls)
        {
            var answers = new List<string>();
            foreach (var visitor in visitors)
                answers.Add(await OverTheHub(visitor, call.Value));
            lines.Add(Row("HUB " + call.Key, answers));
        }

        string[] table = [Row("entrance", visitors.Select(visitor => visitor.Name)), .. lines];
        var golden = Repository.PathOf("tests", "Dialogue.Server.Tests", "Architecture", "authorization.txt");
        if (Environment.GetEnvironmentVariable("DIALOGUE_WRITE_GOLDEN") is not null)
            await File.WriteAllLinesAsync(golden, table, Stop);
        // Two lists, for the whole table is too much to find a difference in.
        var known = await File.ReadAllLinesAsync(golden, Stop);
        table.Except(known, StringComparer.Ordinal).ShouldBeEmpty("rows that are not in the table");
        known.Except(table, StringComparer.Ordinal).ShouldBeEmpty("rows of the table that are no more");
    }

    private static string Row(string entrance, IEnumerable<string> answers) =>
        string.Concat([entrance.PadRight(58), .. answers.Select(answer => answer.PadRight(14))]).TrimEnd();

    /// <summary>The methods of the hub; of commands one that only guides may give and one of whoever takes part.</summary>
    private Dictionary<string, Func<HubConnection, Task<string>>> HubCalls =>
        new(StringComparer.Ordinal)
        {
            ["CatchUp"] = async hub =>
            {
                await hub.InvokeAsync<Batch>("CatchUp", dialogue, 0, Stop);
                return "ok";
            },
            ["Perform dialogue/start-phase"] = hub => Perform(hub, new StartPhase(new PhaseId("open"), new PhaseId("nowhere"))),
            ["Perform contribute/add-item"] = hub => Perform(hub, new AddItem(new PhaseId("open"), ItemKind.Effect, "")),
            ["Drop"] = async hub =>
                Said(await hub.InvokeAsync<Answer>("Drop", dialogue, new PhaseId("anoniem"), new Ticket("geen"), (SealedEntry?)null, Stop)),
            ["Tickets"] = async hub =>
                (await hub.InvokeAsync<TicketsDrawn>("Tickets", dialogue, new PhaseId("anoniem"), Pad, Stop)).Refused
                is RefusalCode.NotAllowed
                    ? "403"
                    : "ok",
        };

    private async Task<string> Perform(HubConnection hub, DialogueCommand command) =>
        Said(await hub.InvokeAsync<Answer>("Perform", dialogue, new CommandId(Guid.NewGuid()), command, Stop));

    private static string Said(Answer answer) => answer is Answer.Refused { Code: RefusalCode.NotAllowed } ? "403" : "ok";

    private async Task<string> OverTheHub(Visitor visitor, Func<HubConnection, Task<string>> call)
    {
        await using var hub = new HubConnectionBuilder()
            .WithUrl(
                new Uri(server.Address, $"/hubs/dialogue?dialogue={dialogue}&view=events{(visitor.IsScreen ? "&as=scherm" : "")}"),
                HttpTransportType.WebSockets,
                options =>
                {
                    options.Cookies = visitor.Cookies;
                    options.Headers["Origin"] = server.Origin();
                    if (visitor.Bearer is not null)
                        options.Headers["Authorization"] = "Bearer " + visitor.Bearer;
                }
            )
            .AddJsonProtocol(json => ModelJson.Apply(json.PayloadSerializerOptions))
            .Build();
        try
        {
            await hub.StartAsync(Stop);
            return await call(hub);
        }
        catch (Exception problem) when (problem is not OperationCanceledException { CancellationToken.IsCancellationRequested: true })
        {
            return "shut";
        }
    }

    private async Task<string> Ask(Visitor visitor, string method, string route)
    {
        // Whoever signs out is somebody else afterwards: on a device of its own.
        var own = Ends.Contains(route) && visitor.Email is { } email ? await server.SignedIn(email, visitor.Password) : visitor.Http;
        using var request = new HttpRequestMessage(new HttpMethod(method), Filled(visitor, route));
        if (method is not ("GET" or "DELETE"))
            request.Content = route.StartsWith("/api", StringComparison.Ordinal)
                ? JsonContent.Create(BodyOf(visitor, $"{method} {route}"))
                : new FormUrlEncodedContent([new("form", await FormTokenOf(own))]);
        var answer = await own.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Stop);
        if (own != visitor.Http)
            own.Dispose();
        var status = (int)answer.StatusCode;
        return status switch
        {
            >= 200 and < 300 => "ok",
            >= 300 and < 400 => answer.Headers.Location?.OriginalString.Contains("/inloggen", StringComparison.Ordinal) == true
                ? "in"
                : "to",
            404 => "none",
            410 => "gone",
            400 or 409 or 413 or 415 or 422 => "bad",
            _ => status.ToString(CultureInfo.InvariantCulture),
        };
    }

    /// <summary>From a page that this visitor may see and that has a form.</summary>
    private async Task<string> FormTokenOf(HttpClient http)
    {
        if (tokens.TryGetValue(http, out var known))
            return known;
        foreach (var path in new[] { "/uitleg", "/inloggen" })
            if (Browsers.FormToken(await http.GetStringAsync(path, Stop)) is { Length: > 0 } token)
                return tokens[http] = token;
        return "";
    }

    private string Filled(Visitor visitor, string route)
    {
        var filled = new StringBuilder();
        foreach (var part in route.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            filled.Append('/');
            filled.Append(Place().Replace(part, place => ValueOf(visitor, route, place.Groups["name"].Value.ToLowerInvariant())));
        }

        return filled.Length == 0 ? "/" : filled.ToString();
    }

    private string ValueOf(Visitor visitor, string route, string name) =>
        name == "token" && visitor.HoldsLink ? otherLink
        : values.TryGetValue(route + " " + name, out var value)
        || values.TryGetValue(route.Split('{')[0].TrimEnd('/') + " " + name, out value)
        || values.TryGetValue(name, out value)
            ? value
        : throw new InvalidOperationException($"The table does not know what to put in {route} for {name}: add it to Furnish.");

    [GeneratedRegex(@"\{(?<name>\w+)[^}]*\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Place();

    /// <summary>One of each, and the visitors.</summary>
    private async Task Furnish()
    {
        var room = await server.Room(TestTemplates.Short, participants: 2);
        dialogue = room.Dialogue;
        await room.Start("open");
        var observer = await room.Sit("Waarnemer", Role.Observer);
        (await room.Guide.Wants(new RemoveSeat(room.People[1].Seat, "proef"))).ShouldBeOfType<Answer.Accepted>();
        var elsewhere = await server.Room(TestTemplates.Short, participants: 1);
        await Seats.Take(server.Live, dialogue, new TakeSeat("Noor", "", Role.CoFacilitator), account: DemoOrganisation.Facilitator.Id);
        await Seats.Take(
            server.Live,
            elsewhere.Dialogue,
            new TakeSeat("Ilyas", "", Role.CoFacilitator),
            account: DemoOrganisation.SecondFacilitator.Id
        );

        var code = JoinCode.New();
        Guid action;
        await using (var db = await server.Database())
        {
            var row = await db.Set<DialogueRow>().SingleAsync(row => row.Id == dialogue.Value, Stop);
            (row.Code, row.Level) = (code, DialogueLevel.Team);
            db.Add(
                new DialogueTeamRow
                {
                    DialogueId = dialogue.Value,
                    AccountId = DemoOrganisation.Facilitator.Id,
                    AddedBy = DemoOrganisation.Facilitator.Id,
                }
            );
            var now = server.Get<TimeProvider>().GetUtcNow();
            var today = DateOnly.FromDateTime(now.UtcDateTime);
            var from = FollowUpBench.From with { OrganisationId = DemoOrganisation.OrganisationId, Dialogue = dialogue };
            var agreed = FollowUpBench.Agreed(1) with { FirstStepDate = today.AddDays(10), DueDate = today.AddDays(30) };
            var made = await server
                .Get<OfferedActions>()
                .From(
                    db,
                    from,
                    FollowUpBench.With(
                        [agreed, FollowUpBench.Agreed(2) with { FirstStepDate = today.AddDays(10), DueDate = today.AddDays(30) }],
                        [FollowUpBench.Contact(1, "een@partner.test"), FollowUpBench.Contact(2, "twee@partner.test")]
                    ),
                    now,
                    Stop
                );
            action = made[0];
            otherLink = ActionLinks.Add(db, made[1], LinkPurpose.Owner, "Twee", "twee@partner.test", now);
            var other = new OrganisationRow { Id = Guid.NewGuid(), Name = "Elders" };
            var strict = new OrganisationRow
            {
                Id = Guid.NewGuid(),
                Name = "Streng",
                RequireSecondFactor = true,
            };
            db.AddRange(other, strict);
            await db.SaveChangesAsync(Stop);
            const StaffRole all = StaffRole.Facilitator | StaffRole.Manager | StaffRole.Coordinator | StaffRole.Administrator;
            await AddAccount(other.Id, Elsewhere, all);
            await AddAccount(strict.Id, Unfinished, all);
            values["/beheer/mensen id"] = values["/api/v1/people id"] = (
                await AddAccount(DemoOrganisation.OrganisationId, "iemand@dwb.voorbeeld", StaffRole.Staff)
            ).ToString();
            var units = await db.Set<UnitRow>().Where(unit => unit.ParentId != null).Select(unit => unit.Id).ToListAsync(Stop);
            values["/beheer/eenheden id"] = values["/api/v1/units id"] = units[0].ToString();
            var contacts = await db.Set<PartnerContactRow>().OrderBy(contact => contact.Id).Take(2).ToListAsync(Stop);
            values["/beheer/partners id"] = values["/api/v1/partners id"] = contacts[0].PartnerId.ToString();
            values["partner"] = contacts[1].PartnerId.ToString();
            values["/api/v1/partners/{partner:guid}/contacts/{id:guid} id"] = contacts[1].Id.ToString();
            values["/api/v1/organisations id"] = other.Id.ToString();
            values["/organisatie id"] = DemoOrganisation.OrganisationId.ToString();
        }

        Add("anonymous");
        Add("guest-else", bearer: elsewhere.People[0].Token);
        Add("link-else", holdsLink: true);
        await AddStaff("half-signed", Unfinished);
        await AddStaff("other-org", Elsewhere);
        Add("removed", bearer: room.People[1].Token);
        Add("screen", isScreen: true);
        visitors[^1]
            .Cookies.Add(server.Address, new Cookie("screen-" + dialogue, Uri.EscapeDataString(server.Get<Seats>().ScreenKey(dialogue))));
        Add("observer", bearer: observer.Token);
        Add("participant", bearer: room.People[0].Token);
        await AddStaff("staff", DemoOrganisation.CoachLead.Email);
        await AddStaff("manager", DemoOrganisation.Manager.Email);
        await AddStaff("guide-else", DemoOrganisation.SecondFacilitator.Email);
        await AddStaff("administrator", DemoOrganisation.Administrator.Email);
        await AddStaff("guide", DemoOrganisation.Facilitator.Email);

        var registered = await visitors
            .Single(visitor => visitor.Name == "guide")
            .Http.PostAsJsonAsync(
                "/api/v1/cases",
                new
                {
                    title = "Een vraag van ons",
                    story = "Een verhaal dat lang genoeg is.",
                    domain = "other",
                    trigger = "signal",
                },
                Stop
            );
        var question = (await registered.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("id").GetString()!;

        values["dialogue"] = values["/dialogen id"] = dialogue.ToString();
        values["code"] = code;
        values["/vragen id"] = values["/api/v1/cases id"] = question;
        values["/opvolging id"] = values["/api/v1/actions id"] = action.ToString();
        values["activity"] = values["phase"] = "anoniem";
        values["token"] = new string('x', 43);
        values["status"] = "404";
        values["documentname"] = "v1";
    }

    private async Task<Guid> AddAccount(Guid organisation, string email, StaffRole roles)
    {
        await using var scope = server.Services.CreateAsyncScope();
        var account = new Account
        {
            Id = Guid.NewGuid(),
            OrganisationId = organisation,
            Name = email.Split('@')[0],
            Email = email,
            UserName = email,
            Roles = roles,
        };
        var made = await scope.ServiceProvider.GetRequiredService<UserManager<Account>>().CreateAsync(account, DemoOrganisation.Password);
        made.Succeeded.ShouldBeTrue();
        return account.Id;
    }

    private void Add(string name, string? bearer = null, bool holdsLink = false, string? email = null, bool isScreen = false)
    {
        var cookies = new CookieContainer();
        var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = cookies })
        {
            BaseAddress = server.Address,
        };
        http.DefaultRequestHeaders.Add("Origin", server.Origin());
        if (bearer is not null)
            http.DefaultRequestHeaders.Authorization = new("Bearer", bearer);
        visitors.Add(new Visitor(name, http, cookies, bearer, holdsLink, email, isScreen));
    }

    private async Task AddStaff(string name, string email)
    {
        Add(name, email: email);
        var credentials = new { email, password = DemoOrganisation.Password };
        (await visitors[^1].Http.PostAsJsonAsync("/api/v1/sign-in", credentials, Stop)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    private sealed record Visitor(
        string Name,
        HttpClient Http,
        CookieContainer Cookies,
        string? Bearer,
        bool HoldsLink,
        string? Email,
        bool IsScreen
    )
    {
        public string Password => DemoOrganisation.Password;
    }
}
