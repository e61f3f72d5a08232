using Microsoft.EntityFrameworkCore;

namespace Dialogue.Storage;

/// <summary>
/// The same program on SQL Server. Runs where <c>DIALOGUE_SQLSERVER</c> holds a connection string to a server on which databases may be
/// made, and is counted as skipped everywhere else.
/// </summary>
public sealed class SqlServerTests
{
    [Fact]
    public async Task A_dialogue_goes_into_SQL_Server_and_comes_out()
    {
        var server = Environment.GetEnvironmentVariable("DIALOGUE_SQLSERVER");
        Assert.SkipWhen(string.IsNullOrEmpty(server), "DIALOGUE_SQLSERVER is not set");
        var connection = $"{server};Database=dialogue-test-{Guid.NewGuid():N}";
        await using var running = new RunningServer(("Storage:Provider", "SqlServer"), ("ConnectionStrings:Dialogue", connection));
        try
        {
            var room = await running.Room(TestTemplates.Short, 3);
            await room.Start("open");
            var id = new CommandId(Guid.NewGuid());
            var wish = new Activities.Contribute.AddItem(new PhaseId("open"), ItemKind.Effect, "Op een andere database");
            var first = (await room.People[0].Wants(wish, id)).ShouldBeOfType<Answer.Accepted>();
            (await room.People[0].Wants(wish, id)).ShouldBe(first);
            room.State.ShownIn(new PhaseId("open")).Single().Text.ShouldBe("Op een andere database");
        }
        finally
        {
            await using var db = await running.Database();
            await db.Database.EnsureDeletedAsync(CancellationToken.None);
        }
    }
}
