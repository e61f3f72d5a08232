using System.Data.Common;
using System.Globalization;
using System.Text;
using Dialogue.Anonymous;
using Dialogue.Dialogues;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.Storage;

/// <summary>What the file on the disk promises.</summary>
public sealed class SqliteTests(RunningServer server) : IClassFixture<RunningServer>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static async Task<string> Ask(DialogueDb db, string sql)
    {
        await db.Database.OpenConnectionAsync(Stop);
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        return Convert.ToString(await command.ExecuteScalarAsync(Stop), CultureInfo.InvariantCulture) ?? "";
    }

    [Fact]
    public async Task A_connection_has_a_log_ahead_full_synchronisation_real_erasing_and_foreign_keys()
    {
        await using var db = await server.Database();
        (await Ask(db, "PRAGMA journal_mode")).ShouldBe("wal");
        (await Ask(db, "PRAGMA synchronous")).ShouldBe("2");
        (await Ask(db, "PRAGMA secure_delete")).ShouldBe("1");
        (await Ask(db, "PRAGMA foreign_keys")).ShouldBe("1");
    }

    [Theory, InlineData("SealedEntries"), InlineData("SealedTickets")]
    public async Task Sealed_tables_have_no_hidden_order(string table)
    {
        await using var db = await server.Database();
        (await Ask(db, $"SELECT sql FROM sqlite_master WHERE type = 'table' AND name = '{table}'")).ShouldEndWith("WITHOUT ROWID");
        await Should.ThrowAsync<DbException>(() => Ask(db, $"SELECT rowid FROM {table}"));
        (await Ask(db, "SELECT count(rowid) FROM DialogueEvents")).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task What_was_taken_back_from_a_box_is_nowhere_in_the_file_nor_in_the_log_ahead_nor_in_a_backup()
    {
        const string secret = "nergens-meer-te-vinden-7c1f",
            kept = "blijft-wel-staan-2b9e";
        var room = await server.Room(TestTemplates.Short, 5);
        await room.Start("open");
        await room.Start("anoniem");
        var tickets = await room.People[0].Tickets("anoniem");
        var box = new PhaseId("anoniem");
        var door = server.Get<Drop>();
        await door.Into(room.Dialogue, box, tickets[0], new SealedItem(ItemKind.Argument, secret));
        await door.Into(room.Dialogue, box, tickets[1], new SealedItem(ItemKind.Argument, kept));
        (await InFile(secret)).ShouldBeTrue("it lies there while the box is open");
        (await door.Into(room.Dialogue, box, tickets[0], null)).ShouldBeOfType<Answer.Accepted>();
        var path = StorageSetup.SqlitePath(server.Services);
        await Sittings.Eventually(() => new FileInfo(path + "-wal").Length == 0);
        await using (var db = await server.Database())
            await db.Database.ExecuteSqlAsync($"VACUUM INTO {path + ".copy"}", Stop);
        (await InFile(secret)).ShouldBeFalse();
        (await InFile(kept)).ShouldBeTrue();
    }

    private async Task<bool> InFile(string text)
    {
        var path = StorageSetup.SqlitePath(server.Services);
        var wanted = Encoding.UTF8.GetBytes(text);
        foreach (
            var file in Directory
                .GetFiles(Path.GetDirectoryName(path)!, "dialogue.db*")
                .Where(file => !file.EndsWith("-shm", StringComparison.Ordinal) && !file.EndsWith(".lock", StringComparison.Ordinal))
        )
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var bytes = new MemoryStream();
            await stream.CopyToAsync(bytes, Stop);
            if (bytes.ToArray().AsSpan().IndexOf(wanted) >= 0)
                return true;
        }
        return false;
    }
}

/// <summary>The program stops and another one starts on the same file.</summary>
public sealed class RestartTests
{
    [Fact]
    public async Task After_a_restart_the_dialogue_is_as_it_was_and_the_people_still_have_their_seats()
    {
        var folder = Directory.CreateTempSubdirectory("dialogue-restart-").FullName;
        var path = ("Storage:Path", Path.Combine(folder, "dialogue.db"));
        try
        {
            DialogueId dialogue;
            string before,
                token;
            SeatId seat;
            await using (var first = new RunningServer(path))
            {
                var room = await first.Room(TestTemplates.Short, 3);
                await room.Start("open");
                (
                    await room.People[0].Wants(new Activities.Contribute.AddItem(new PhaseId("open"), ItemKind.Effect, "Dit stond er al"))
                ).ShouldBeOfType<Answer.Accepted>();
                (dialogue, token, seat, before) = (
                    room.Dialogue,
                    room.People[0].Token,
                    room.People[0].Seat,
                    Shown(await first.Live.Read(room.Dialogue))
                );
            }
            await using var second = new RunningServer(path);
            Shown(await second.Live.Read(dialogue)).ShouldBe(before);
            before.ShouldContain("Dit stond er al");
            await using var person = new Person(second, dialogue, seat, token);
            await person.Connect();
            person.Number.ShouldBePositive();
            (
                await person.Wants(new Activities.Contribute.AddItem(new PhaseId("open"), ItemKind.Effect, "En dit kwam erbij"))
            ).ShouldBeOfType<Answer.Accepted>();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Shown(Snapshot snapshot) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{snapshot.Number} {snapshot.State.Stage} {snapshot.State.CurrentPhase?.Id} "
                + $"{string.Join(", ", snapshot.State.Names.OrderBy(named => named.Key.Value).Select(named => named.Value))} "
                + $"{string.Join(" | ", snapshot.State.ShownIn(new PhaseId("open")).Select(item => $"{item.Id} {item.Text}"))}"
        );
}
