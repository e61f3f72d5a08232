using System.Net.Http.Json;
using Dialogue.Activities.Contribute;
using Dialogue.Activities.Reflect;
using Dialogue.Anonymous;
using Dialogue.Dialogues;
using Dialogue.Storage;
using Dialogue.Templates;
using Dialogue.Wire;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dialogue;

/// <summary>The whole program on a real port with a database of its own, thrown away at the end.</summary>
public sealed class RunningServer : WebApplicationFactory<Program>
{
    private readonly string folder = Directory.CreateTempSubdirectory("dialogue-test-").FullName;

    private readonly (string Setting, string Value)[] settings;
    private readonly ILoggerProvider? logs;
    private readonly Action<IServiceCollection>? services;

    public RunningServer()
        : this([]) { }

    internal RunningServer(params (string Setting, string Value)[] settings)
        : this(0, settings) { }

    /// <summary>With somebody who hears all that is logged.</summary>
    internal RunningServer(ILoggerProvider logs, params (string Setting, string Value)[] settings)
        : this(0, settings, logs) { }

    /// <summary>With other services in place of the program's own, such as a clock.</summary>
    internal RunningServer(Action<IServiceCollection> services, params (string Setting, string Value)[] settings)
        : this(0, settings, services: services) { }

    private RunningServer(
        int port,
        (string Setting, string Value)[] settings,
        ILoggerProvider? logs = null,
        Action<IServiceCollection>? services = null
    )
    {
        this.settings = settings;
        this.logs = logs;
        this.services = services;
        UseKestrel(port);
        StartServer();
    }

    /// <summary>That lives by another clock than the wall's.</summary>
    public static RunningServer By(TimeProvider time, params (string Setting, string Value)[] settings) =>
        new(services => services.AddSingleton(time), settings);

    /// <summary>With links that lead to itself.</summary>
    public static RunningServer WithOwnLinks(params (string Setting, string Value)[] more) => WithOwnLinks(logs: null, more);

    /// <summary>With links that lead to itself, and somebody who hears all that is logged.</summary>
    internal static RunningServer WithOwnLinks(ILoggerProvider? logs, params (string Setting, string Value)[] more)
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        var free = ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        return new RunningServer(free, [("PublicAddress", $"http://localhost:{free}"), .. more], logs);
    }

    public Uri Address => ClientOptions.BaseAddress;

    public T Get<T>()
        where T : notnull => Services.GetRequiredService<T>();

    public LiveDialogues Live => Get<LiveDialogues>();

    public async Task<DialogueDb> Database() => await Get<IDbContextFactory<DialogueDb>>().CreateDbContextAsync();

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Development");
        builder.UseSetting("Storage:Path", Path.Combine(folder, "dialogue.db"));
        builder.UseSetting("Mail:Folder", Path.Combine(folder, "mail"));
        builder.UseSetting("Demo", "true");
        builder.UseSetting("Demo:Cases", "false");
        builder.UseSetting("Logging:LogLevel:Default", "Warning");
        foreach (var (setting, value) in settings)
            builder.UseSetting(setting, value);
        builder.ConfigureServices(own => own.AddSingleton<IInterceptor>(new AsynchronousDatabase()));
        if (services is not null)
            builder.ConfigureTestServices(services);
        if (logs is not null)
            builder.ConfigureLogging(logging => logging.AddProvider(logs));
    }

    /// <summary>A running dialogue without pages: prepared, opened and with a facilitator and so many participants.</summary>
    public async Task<TestRoom> Room(SessionTemplate template, int participants)
    {
        var dialogue = new DialogueId(Guid.NewGuid());
        var room = new TestRoom(this, dialogue);
        // Through the writer of the log: saving beside a writer that is never idle would wait for its turn in vain.
        await Get<LogWriter>()
            .Write(
                dialogue,
                async (db, stop) =>
                {
                    db.Add(
                        new DialogueRow
                        {
                            Id = dialogue.Value,
                            OrganisationId = await db.Set<Organisations.OrganisationRow>().Select(row => row.Id).FirstAsync(stop),
                            CaseId = Guid.NewGuid(),
                            Title = "t",
                            Template = template.Key,
                            Stage = Stage.Preparing,
                        }
                    );
                    await db.SaveChangesAsync(stop);
                }
            );
        await room.Organiser(
            new PrepareDialogue(
                "Een gesprek",
                "nl",
                new CaseBrief(new CaseId(Guid.NewGuid()), "Een vraag", "Een verhaal", "aiOverheid", []),
                template,
                []
            )
        );
        await room.Organiser(new OpenLobby("proef"));
        room.Guide = await room.Sit("Noor", Role.Facilitator);
        for (var i = 1; i <= participants; i++)
            room.People.Add(await room.Sit($"Deelnemer {i}", Role.Participant));
        return room;
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
            Directory.Delete(folder, recursive: true);
    }
}

/// <summary>One dialogue of a test, and the people in it.</summary>
public sealed class TestRoom(RunningServer server, DialogueId dialogue)
{
    public DialogueId Dialogue => dialogue;
    public Person Guide { get; set; } = null!;
    public List<Person> People { get; } = [];
    public DialogueState State => server.Live.Read(dialogue).GetAwaiter().GetResult().State;

    public async Task Organiser(DialogueCommand command) =>
        (await server.Live.Perform(dialogue, id: null, command, seat: null, Role.Organiser)).ShouldBeOfType<Answer.Accepted>();

    /// <summary>What somebody does from a seat that was not taken here.</summary>
    public Task<Answer> As(SeatId seat, DialogueCommand command) =>
        server.Live.Perform(dialogue, new CommandId(Guid.NewGuid()), command, seat, Role.None);

    public async Task<Person> Sit(string name, Role role)
    {
        var token = Seats.NewToken();
        var seat = await Seats.Take(server.Live, dialogue, new TakeSeat(name, "", role), token: token);
        seat.Ok.ShouldBeTrue();
        return new Person(server, dialogue, seat.Value, token);
    }

    /// <summary>Draws tickets for the anonymous phase that is open, without a connection.</summary>
    public async Task<IReadOnlyList<Ticket>> Draw(Person person)
    {
        using var use = server.Live.Open(dialogue);
        var pad = System.Security.Cryptography.RandomNumberGenerator.GetBytes(TicketPad.Length);
        var drawn = await server.Get<SealedBox>().Draw(use.Room, State, State.CurrentPhase!, person.Seat, pad);
        return TicketPad.Read(drawn.Tickets!, pad);
    }

    /// <summary>Moves on to a phase as the facilitator.</summary>
    public async Task Start(string phase) =>
        (await Guide.Wants(new StartPhase(new PhaseId(phase), State.CurrentPhase?.Id))).ShouldBeOfType<Answer.Accepted>();
}

public sealed class Person(RunningServer server, DialogueId dialogue, SeatId seat, string token) : IAsyncDisposable
{
    private readonly byte[] pad = System.Security.Cryptography.RandomNumberGenerator.GetBytes(TicketPad.Length);
    private HubConnection? connection;

    public SeatId Seat => seat;
    public string Token => token;
    public List<NumberedEvent> Seen { get; } = [];
    public int Number { get; private set; }

    /// <summary>Without a connection: straight to the same use case that the hub calls.</summary>
    public Task<Answer> Wants(DialogueCommand command, CommandId? id = null) =>
        server.Live.Perform(dialogue, id ?? new CommandId(Guid.NewGuid()), command, seat, Role.None);

    public HubConnection NewConnection(
        string view = "events",
        DialogueId? elsewhere = null,
        HttpTransportType transport = HttpTransportType.WebSockets
    ) =>
        new HubConnectionBuilder()
            .WithUrl(
                new Uri(server.Address, $"/hubs/dialogue?dialogue={elsewhere ?? dialogue}&view={view}"),
                transport,
                options => options.Headers["Authorization"] = $"Bearer {token}"
            )
            .AddJsonProtocol(json => ModelJson.Apply(json.PayloadSerializerOptions))
            .Build();

    /// <summary>Connects and applies the client rule; <see cref="Seen"/> is what this person was shown.</summary>
    public async Task<HubConnection> Connect()
    {
        connection = NewConnection();
        connection.On<DialogueId, Batch>("Receive", (_, batch) => Apply(batch));
        await connection.StartAsync();
        await Pull();
        return connection;
    }

    public async Task Pull() => Apply(await connection!.InvokeAsync<Batch>("CatchUp", dialogue, Number));

    private void Apply(Batch batch)
    {
        lock (Seen)
        {
            if (batch.After > Number)
                return;
            Seen.AddRange((batch.Events ?? []).Where(happened => happened.Number > Number));
            Number = Math.Max(Number, batch.Through);
        }
    }

    /// <summary>Draws over the hub, as a device does: always with the same pad, unless another is given.</summary>
    public async Task<IReadOnlyList<Ticket>> Tickets(string phase, byte[]? otherPad = null)
    {
        var own = otherPad ?? pad;
        await using var line = NewConnection();
        await line.StartAsync();
        var drawn = await line.InvokeAsync<TicketsDrawn>("Tickets", dialogue, phase, Convert.ToBase64String(own));
        return drawn.Tickets is { } hidden ? TicketPad.Read(hidden, own) : [];
    }

    public ValueTask DisposeAsync() => connection?.DisposeAsync() ?? ValueTask.CompletedTask;
}

/// <summary>Small templates for tests.</summary>
public static class TestTemplates
{
    private static Text T(string text) => new(text, text);

    public static PhaseTemplate Phase(
        string key,
        string activity,
        Attribution attribution = Attribution.Perspective,
        Reveal reveal = Reveal.Live,
        PhaseSettings? settings = null
    ) =>
        new()
        {
            Key = key,
            Activity = activity,
            Title = T(key),
            Prompt = T(key),
            Attribution = attribution,
            Reveal = reveal,
            Settings = settings ?? NoSettings.Instance,
        };

    public static SessionTemplate Of(params PhaseTemplate[] phases) =>
        new()
        {
            Key = "proef",
            Version = 1,
            Title = T("proef"),
            Purpose = T("proef"),
            Phases = phases,
        };

    public static SessionTemplate Short { get; } =
        Of(
            Phase("open", "contribute", settings: new ContributeSettings() { Kinds = [ItemKind.Effect] }),
            Phase("blind", "contribute", reveal: Reveal.OnClose, settings: new ContributeSettings() { Kinds = [ItemKind.Effect] }),
            Phase("anoniem", "contribute", Attribution.Anonymous, Reveal.OnClose, new ContributeSettings() { Kinds = [ItemKind.Argument] }),
            Phase(
                "terug",
                "reflect",
                Attribution.Anonymous,
                Reveal.OnClose,
                new ReflectSettings() { Questions = [new("veilig", T("veilig"))] }
            )
        );
}
