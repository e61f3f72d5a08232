using System.Collections.Concurrent;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Dialogue;

/// <summary>All that is logged, scopes included, as an operator who turns every dial to Trace would have it.</summary>
internal sealed class LoggedLines : ILoggerProvider, ISupportExternalScope
{
    /// <summary>Everything at its loudest, and nothing of it on the console of the test.</summary>
    public static readonly (string Setting, string Value)[] Loudest =
    [
        ("Logging:LogLevel:Default", "Trace"),
        ("Logging:LogLevel:Microsoft.AspNetCore", "Trace"),
        ("Logging:LogLevel:Microsoft.EntityFrameworkCore", "Trace"),
        ("Logging:Console:LogLevel:Default", "None"),
        ("Logging:Debug:LogLevel:Default", "None"),
        ("Logging:EventSource:LogLevel:Default", "None"),
    ];

    private readonly ConcurrentQueue<string> lines = new();
    private IExternalScopeProvider scopes = new LoggerExternalScopeProvider();

    /// <summary>Whether anybody listens; when not, nothing is written either, which is much faster.</summary>
    public bool Listening { get; set; } = true;

    /// <summary>What was logged since the last time.</summary>
    public string[] Take()
    {
        var taken = new List<string>();
        while (lines.TryDequeue(out var line))
            taken.Add(line);
        return [.. taken];
    }

    public ILogger CreateLogger(string categoryName) => new Pen(this, categoryName);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => scopes = scopeProvider;

    public void Dispose() { }

    private sealed class Pen(LoggedLines book, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => book.scopes.Push(state);

        public bool IsEnabled(LogLevel logLevel) => book.Listening;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        )
        {
            if (!book.Listening)
                return;
            var line = new StringBuilder()
                .Append(category)
                .Append(' ')
                .Append(logLevel)
                .Append(": ")
                .Append(formatter(state, exception))
                .Append(' ')
                .Append(exception);
            // A structured log keeps the values too, whatever the message makes of them.
            if (state is IEnumerable<KeyValuePair<string, object?>> values)
                foreach (var (name, value) in values)
                    line.Append(" | ").Append(name).Append('=').Append(value);
            book.scopes.ForEachScope(static (scope, line) => line.Append(" | ").Append(scope), line);
            book.lines.Enqueue(line.ToString());
        }
    }
}
