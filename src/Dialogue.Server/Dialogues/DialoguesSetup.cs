using Dialogue.Access;
using Dialogue.Dialogues.Room;
using Dialogue.Operations;
using Dialogue.Storage;
using Dialogue.Wire;
using MediatR;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;

namespace Dialogue.Dialogues;

/// <summary>Live dialogues: the hub, the log behind it, and the doors.</summary>
public static class DialoguesSetup
{
    public static IServiceCollection AddDialogues(this IServiceCollection services)
    {
        services.AddScoped<Organisations.People.IHeldByPeople, DialoguesHeld>();
        services.AddSingleton<Doors>();
        services.AddSingleton<HubLifetimeManager<DialogueHub>, Lines>();
        services.AddSingleton<Batches>();
        services.AddSingleton<Broadcast>();
        services.AddSingleton<RoomRenderer>();
        services.AddSingleton<LogWiper>();
        services.AddSingleton<LogReader>();
        services.AddSingleton<LogWriter>();
        services.AddHostedService(container => container.GetRequiredService<LogWriter>());
        services.AddSingleton<SealedBox>();
        services.AddSingleton<DrawTickets>();
        services.AddSingleton<RoomParts>();
        services.AddSingleton<SeatNames>();
        services.AddSingleton<LiveDialogues>();
        services.AddHostedService(container => container.GetRequiredService<LiveDialogues>());
        services.AddSingleton<Seats>();
        services.AddSingleton<NewcomerCounts>();
        services.AddSingleton<HandOverTries>();
        services.AddSingleton<Admission>();
        services.AddSingleton<Drop>();
        services.AddSingleton<IWhenAppended, KeepCard>();
        services.AddSingleton<IWhenAppended, KeepNames>();
        services.AddScoped<Organisations.People.IErasesPeople, ErasesSeats>();
        services.AddSingleton<IAfterMigration, CompleteChains>();
        services.ConfigureHttpJsonOptions(options =>
        {
            ModelJson.Apply(options.SerializerOptions);
            options.SerializerOptions.UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow;
        });
        services
            .AddSignalR(hub =>
            {
                hub.EnableDetailedErrors = false;
                hub.MaximumReceiveMessageSize = Limits.HubMessageBytes;
                hub.KeepAliveInterval = TimeSpan.FromSeconds(5);
                hub.ClientTimeoutInterval = TimeSpan.FromSeconds(30);
                hub.HandshakeTimeout = TimeSpan.FromSeconds(5);
                hub.MaximumParallelInvocationsPerClient = 1;
            })
            .AddJsonProtocol(json =>
            {
                ModelJson.Apply(json.PayloadSerializerOptions);
                json.PayloadSerializerOptions.UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow;
            });
        return services;
    }

    public static void MapDialogues(this IEndpointRouteBuilder app)
    {
        app.MapHub<DialogueHub>(
                "/hubs/dialogue",
                hub =>
                {
                    hub.AllowStatefulReconnects = false;
                    hub.TransportSendTimeout = TimeSpan.FromSeconds(2);
                    hub.ApplicationMaxBufferSize = 32 * 1024;
                    hub.Transports = HttpTransportType.WebSockets | HttpTransportType.LongPolling;
                    hub.LongPolling.PollTimeout = TimeSpan.FromSeconds(45);
                    hub.CloseOnAuthenticationExpiration = true;
                }
            )
            .OpenTo(Visitor.Seat);
        Pages.FindDialogue.Map(app);
        AskAboutLine.Map(app);
        ReadSeats.Map(app);
        Pages.PreparingApi.Map(app);
        app.MapPost(
                "/api/v1/dialogues/{dialogue}/seat",
                async (DialogueId dialogue, IMediator mediator) =>
                    (await mediator.Send(new TakeStaffSeat(dialogue))) is { Ok: true } taken
                        ? Results.Ok(new { Seat = taken.Value })
                        : Problems.Of(new Answer.Refused(RefusalCode.NotAllowed))
            )
            .RequireAuthorization(new StaffOnlyAttribute())
            .DisableAntiforgery();
    }
}
