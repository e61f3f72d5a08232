using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Dialogue.Clock;

public static class ClockSetup
{
    /// <summary>
    /// The ticker and its health check. Work is registered as <c>AddSingleton&lt;IDueWork, X&gt;()</c> by the module that owns it.
    /// </summary>
    public static IServiceCollection AddClock(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(new ClockSettings());
        services.TryAddSingleton<ClockHealth>();
        services.AddHostedService<Ticker>();
        services.AddHealthChecks().AddCheck<ClockHealth>("clock");
        return services;
    }
}
