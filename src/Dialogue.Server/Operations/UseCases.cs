using System.Diagnostics;
using MediatR;

namespace Dialogue.Operations;

/// <summary>
/// The one file that depends on the version of MediatR: registration of every handler in this assembly and the two behaviours
/// around them. Requests only; who listens to what happened must be visible in code, so no notifications.
/// </summary>
public static class UseCases
{
    public static IServiceCollection AddUseCases(this IServiceCollection services)
    {
        services.AddTransient<ServiceFactory>(container => container.GetService!);
        services.AddTransient<IMediator, Mediator>();
        services.AddTransient(typeof(IPipelineBehavior<,>), typeof(TraceRequests<,>));
        services.AddTransient(typeof(IPipelineBehavior<,>), typeof(BusyInOutage<,>));
        foreach (
            var handler in typeof(UseCases)
                .Assembly.GetTypes()
                .Where(type => type is { IsClass: true, IsAbstract: false, IsGenericType: false })
        )
        {
            foreach (var handles in handler.GetInterfaces().Where(IsHandler))
            {
                services.AddTransient(handles, handler);
            }
        }

        return services;
    }

    private static bool IsHandler(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IRequestHandler<,>);
}

/// <summary>An activity and a duration for each use case, by its name. Never what was asked: arguments hold people's words.</summary>
internal sealed class TraceRequests<TRequest, TResponse> : IPipelineBehavior<TRequest, TResponse>
    where TRequest : IRequest<TResponse>
{
    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        using var activity = Telemetry.Activities.StartActivity(typeof(TRequest).Name);
        var started = Stopwatch.GetTimestamp();
        var outcome = "done";
        try
        {
            return await next();
        }
        catch (Exception exception)
        {
            outcome = exception is OperationCanceledException ? "cancelled" : "failed";
            activity?.SetStatus(ActivityStatusCode.Error, exception.GetType().Name);
            throw;
        }
        finally
        {
            Telemetry.UseCaseSeconds.Record(
                Stopwatch.GetElapsedTime(started).TotalSeconds,
                new KeyValuePair<string, object?>("use_case", typeof(TRequest).Name),
                new KeyValuePair<string, object?>("outcome", outcome)
            );
        }
    }
}

/// <summary>A database that does not answer is a refusal, <see cref="RefusalCode.Busy"/>, wherever a use case can refuse.</summary>
internal sealed class BusyInOutage<TRequest, TResponse> : IPipelineBehavior<TRequest, TResponse>
    where TRequest : IRequest<TResponse>
{
    private static readonly TResponse? Busy = (TResponse?)Refusal();

    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        try
        {
            return await next();
        }
        catch (Exception e) when (Busy is not null && Storage.Outage.Is(e))
        {
            return Busy;
        }
    }

    private static object? Refusal()
    {
        var busy = new Answer.Refused(RefusalCode.Busy);
        if (typeof(TResponse) == typeof(Answer))
            return busy;
        return typeof(TResponse).IsGenericType && typeof(TResponse).GetGenericTypeDefinition() == typeof(Result<>)
            ? Activator.CreateInstance(typeof(TResponse), null, busy)
            : null;
    }
}
