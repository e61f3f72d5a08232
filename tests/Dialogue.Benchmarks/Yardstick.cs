using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dialogue;

/// <summary>The least that a hub must do to keep what it hears: one row each, committed together, then the text to the room.</summary>
internal static class Yardstick
{
    public static async Task Serve(string url, string file)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSignalR();
        builder.Services.AddSingleton(new Writer(file));
        var app = builder.Build();
        app.Urls.Add(url);
        app.MapHub<BareHub>("/hub");
        await app.RunAsync();
    }

    public sealed class BareHub(Writer writer, IHubContext<BareHub> everybody) : Hub
    {
        public override Task OnConnectedAsync() =>
            Groups.AddToGroupAsync(Context.ConnectionId, Context.GetHttpContext()!.Request.Query["room"]!);

        public async Task Submit(string room, string text)
        {
            await writer.Write(room, text);
#pragma warning disable RS0030 // The yardstick is what we do not do: a group, to which everything goes.
            _ = everybody.Clients.Group(room).SendAsync("Receive", text);
#pragma warning restore RS0030
        }
    }

    /// <summary>One prepared insert for each line, and one commit for whatever waits.</summary>
    public sealed class Writer
    {
        private readonly Channel<(string Room, string Text, TaskCompletionSource Done)> queue = Channel.CreateUnbounded<(
            string,
            string,
            TaskCompletionSource
        )>();

        public Writer(string file) => _ = Task.Run(() => Run(file));

        public Task Write(string room, string text)
        {
            var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            queue.Writer.TryWrite((room, text, done));
            return done.Task;
        }

        private async Task Run(string file)
        {
            using var connection = new SqliteConnection($"Data Source={file}");
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText =
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE Lines (Room TEXT, Number INTEGER, Text TEXT, "
                + "PRIMARY KEY (Room, Number))";
            command.ExecuteNonQuery();
            command.CommandText = "INSERT INTO Lines VALUES (@room, @number, @text)";
            var room = command.Parameters.Add("@room", SqliteType.Text);
            var number = command.Parameters.Add("@number", SqliteType.Integer);
            var text = command.Parameters.Add("@text", SqliteType.Text);
            var together = new List<TaskCompletionSource>();
            for (var count = 0; await queue.Reader.WaitToReadAsync(); )
            {
                together.Clear();
                using var transaction = connection.BeginTransaction();
                command.Transaction = transaction;
                while (together.Count < 64 && queue.Reader.TryRead(out var line))
                {
                    (room.Value, number.Value, text.Value) = (line.Room, ++count, line.Text);
                    command.ExecuteNonQuery();
                    together.Add(line.Done);
                }
                transaction.Commit();
                foreach (var done in together)
                    done.SetResult();
            }
        }
    }
}
