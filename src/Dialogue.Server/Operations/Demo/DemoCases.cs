using System.Diagnostics;
using Dialogue.Access;
using Dialogue.Cases;
using Dialogue.Dialogues;
using Dialogue.FollowUp;
using Dialogue.Organisations;
using Dialogue.Storage;
using Dialogue.Templates;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.Operations.Demo;

/// <summary>
/// Fills the invented agency with a past: questions, three dialogues that were held, what came of their agreements, and one dialogue whose
/// door is open. Everything is wished for with the commands that a person gives, so it can hold nothing that the program would refuse. It
/// runs once, after the program has started; when it was interrupted, it goes on where it was: every wish has an id of its own and is
/// granted once.
/// <c>Demo:Cases=false</c> leaves it out.
/// </summary>
public sealed partial class DemoCases(
    DemoDoor door,
    LiveDialogues dialogues,
    SealedBox boxes,
    Drop drop,
    IDbContextFactory<DialogueDb> databases,
    IHostApplicationLifetime life,
    IConfiguration configuration,
    TimeProvider time,
    ILogger<DemoCases> log
) : BackgroundService
{
    public const string Setting = "Demo:Cases";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!configuration.IsDemo() || !configuration.GetValue(Setting, true))
            return;
        try
        {
            var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await using var whenStarted = life.ApplicationStarted.Register(started.SetResult);
            await started.Task.WaitAsync(stoppingToken);
            var since = Stopwatch.GetTimestamp();
            if (await Seed(stoppingToken))
                Made(log, Stopwatch.GetElapsedTime(since).TotalSeconds);
        }
#pragma warning disable CA1031 // without its examples the program is still whole
        catch (Exception problem)
#pragma warning restore CA1031
        {
            if (!stoppingToken.IsCancellationRequested)
                NotMade(log, problem);
        }
    }

    /// <returns>False when everything was there already.</returns>
    internal async Task<bool> Seed(CancellationToken stop)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        if (!await db.Set<OrganisationRow>().AnyAsync(row => row.Id == DemoOrganisation.OrganisationId, stop))
            return false;
        // What is made last tells that all is there.
        if (
            await db.Set<DialogueRow>()
                .AnyAsync(
                    row => row.OrganisationId == DemoOrganisation.OrganisationId && row.Title == CoachReview.Title && row.Code != null,
                    stop
                )
        )
            return false;

        var today = LocalMoment.DateOf(time.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById("Europe/Amsterdam"));
        var coach = await Held(new CoachCase(today), stop);
        await Held(new OneSchemeCase(today), stop);
        await Held(new DeregisteredCase(today), stop);
        await Question(LooseQuestion.Ask, DemoOrganisation.CoachLead, stop);

        var review = await Prepared(coach, CoachReview.Template, CoachReview.Title, stop);
        await Material(review, CoachReview.Facts, [], stop);
        await Lobby(review, CoachReview.Intake(today), stop);
        return true;
    }

    /// <summary>A case of which the dialogue was held and the agreements were taken up.</summary>
    private async Task<Guid> Held(DemoCase story, CancellationToken stop)
    {
        // In the early afternoon.
        var held = new DateTimeOffset(time.GetUtcNow().AddDays(-story.DaysAgo).Date.AddHours(12.5), TimeSpan.Zero);
        using var past = DemoTime.GoBackTo(held.AddDays(-20));
        var question = await Question(story.Question, story.BroughtBy, stop);
        past.Pass(TimeSpan.FromDays(8));
        var dialogue = await Prepared(question, story.Template, story.Title, stop);
        past.Pass(TimeSpan.FromDays(5));
        await Material(dialogue, [.. story.Facts.Select(known => known.Fact)], story.Cards, stop);
        var code = await Lobby(dialogue, story.Intake, stop);
        past.GoTo(held);
        var table = new DemoTable(dialogue, code, door, dialogues, boxes, drop, past, stop);
        table.Knows(story.Facts);
        await table.Open();
        await story.Play(table);
        await new DemoFollowUp(door, databases, time, stop).Bring(
            dialogue,
            (await dialogues.Read(dialogue, stop: stop)).State,
            story,
            past
        );
        return question;
    }

    private async Task<Guid> Question(RegisterQuestion ask, DemoOrganisation.Person by, CancellationToken stop)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        var there = await db.Set<CaseRow>()
            .Where(row => row.OrganisationId == DemoOrganisation.OrganisationId && row.Title == ask.Title)
            .Select(row => (Guid?)row.Id)
            .FirstOrDefaultAsync(stop);
        return there ?? Granted(await door.As(by, ask, stop)).Id;
    }

    private async Task<DialogueId> Prepared(Guid question, string template, string title, CancellationToken stop)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        var there = await db.Set<DialogueRow>()
            .Where(row => row.CaseId == question && row.Title == title)
            .Select(row => (Guid?)row.Id)
            .FirstOrDefaultAsync(stop);
        if (there is not { } id)
            return Granted(await door.As(DemoOrganisation.Facilitator, new PrepareFromTemplate(question, template, title, "nl"), stop));
        var dialogue = new DialogueId(id);
        if ((await dialogues.Read(dialogue, stop: stop)).State.Seats.IsEmpty)
            Granted(
                await Seats.Take(
                    dialogues,
                    dialogue,
                    new TakeSeat(DemoOrganisation.Facilitator.Name, "", Role.Facilitator),
                    DemoDoor.Member(DemoOrganisation.Facilitator).AccountId
                )
            );
        return dialogue;
    }

    private async Task Material(DialogueId dialogue, IReadOnlyList<Fact> facts, IReadOnlyList<Persona> cards, CancellationToken stop)
    {
        if (facts.Count == 0 || (await dialogues.Read(dialogue, stop: stop)).State is not { Stage: Stage.Preparing, Case.Facts.Count: 0 })
            return;
        Granted(await door.As(DemoOrganisation.Facilitator, new KeepMaterial(dialogue, facts, cards.Count == 0 ? null : cards), stop));
    }

    private async Task<string> Lobby(DialogueId dialogue, Intake intake, CancellationToken stop)
    {
        if ((await dialogues.Read(dialogue, stop: stop)).State.Intake is null)
            DemoTable.Accept(
                await door.As(DemoOrganisation.Facilitator, new PerformAsOrganiser(dialogue, new RecordIntake(intake)), stop),
                nameof(RecordIntake)
            );
        await using var db = await databases.CreateDbContextAsync(stop);
        // A dialogue that was closed has its code still, and needs no second one.
        return await db.Set<DialogueRow>().Where(row => row.Id == dialogue.Value).Select(row => row.Code).FirstOrDefaultAsync(stop)
            ?? Granted(await door.As(DemoOrganisation.Facilitator, new OpenTheLobby(dialogue, null), stop)).Code;
    }

    internal static T Granted<T>(Result<T> result) =>
        result.Ok
            ? result.Value!
            : throw new InvalidOperationException($"The demo asked for something that is refused: {result.Refusal!.Code}.");

    [LoggerMessage(Level = LogLevel.Information, Message = "The demo cases are there, after {Seconds:0.0} seconds.")]
    private static partial void Made(ILogger log, double seconds);

    [LoggerMessage(Level = LogLevel.Error, Message = "The demo cases could not all be made; the next start goes on with them.")]
    private static partial void NotMade(ILogger log, Exception problem);
}

/// <summary>
/// The door through which somebody of the invented agency comes: a request with that person behind it, as after signing in. Nothing else in
/// the program knows that it is a demo.
/// </summary>
public sealed class DemoDoor(IServiceScopeFactory scopes, IHttpContextAccessor http)
{
    public static StaffMember Member(DemoOrganisation.Person person) =>
        new(person.Id, DemoOrganisation.OrganisationId, person.Name, person.Email, person.Roles);

    /// <param name="who">Null for a guest.</param>
    public async Task<T> As<T>(DemoOrganisation.Person? who, IRequest<T> wish, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        await using var scope = scopes.CreateAsyncScope();
        var request = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        CurrentStaff.Remember(request, who is null ? null : Member(who));
        http.HttpContext = request;
        try
        {
            // What was begun is finished: a stop comes between two wishes.
            return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(wish, CancellationToken.None);
        }
        finally
        {
            http.HttpContext = null;
        }
    }
}

public static class DemoSetup
{
    /// <summary>Registered always and at work only in a demo, since a test may still change the settings.</summary>
    public static IServiceCollection AddDemo(this IServiceCollection services)
    {
        services.AddSingleton<TimeProvider>(container =>
            container.GetRequiredService<IConfiguration>().IsDemo() ? new DemoTime() : TimeProvider.System
        );
        services.AddSingleton<DemoDoor>();
        services.AddSingleton<DemoCases>();
        services.AddHostedService(container => container.GetRequiredService<DemoCases>());
        return services;
    }
}
