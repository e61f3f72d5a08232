using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Dialogue.Access;
using Dialogue.Activities.Commit;
using Dialogue.Dialogues;
using Dialogue.FollowUp;
using Dialogue.Mailroom;
using Dialogue.Operations;
using Dialogue.Operations.Demo;
using Dialogue.Storage;
using Dialogue.Trail;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Dialogue.Organisations;

/// <summary>Row C1: whoever is erased is erased everywhere, byte by byte.</summary>
[Trait("Finding", "C1")]
public sealed class ErasePersonTests(RunningServer server) : IClassFixture<RunningServer>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Path => StorageSetup.SqlitePath(server.Services);

    private async Task<HttpResponseMessage> Erase(Guid? account, string? email, params string[] names)
    {
        using var http = await server.SignedIn(DemoOrganisation.Administrator.Email);
        return await http.PostAsJsonAsync(
            "/api/v1/people/erase",
            new
            {
                account,
                email,
                names,
            },
            Stop
        );
    }

    private static async Task<string> Code(HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("type").GetString()!.Split(':')[^1];

    /// <summary>
    /// The demo has this person as an account, at the table, as owner and verifier, in journals, in links and in the outbox.
    /// </summary>
    [Fact]
    public async Task An_account_that_ended_is_erased_from_the_file_from_the_log_ahead_and_from_a_backup()
    {
        await server.Get<DemoCases>().Seed(CancellationToken.None);
        var person = DemoOrganisation.CoachLead;
        var room = await server.Room(TestTemplates.Short, 1);
        var seat = await room.Sit("Onder een andere naam", Role.Participant);
        string[] also;
        await using (var db = await server.Database())
        {
            await db.Set<SeatRow>()
                .Where(row => row.DialogueId == room.Dialogue.Value && row.Seat == seat.Seat.Value)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.AccountId, person.Id), Stop);
            // As the demo writes it where somebody is named: with the task behind the name.
            also =
            [
                .. await db.Set<AgreedActionRow>()
                    .Where(row => row.OwnerEmail == person.Email)
                    .Select(row => row.OwnerName)
                    .Distinct()
                    .ToListAsync(Stop),
            ];
            also.ShouldNotBeEmpty();
            (await db.Set<NamedPersonRow>().AnyAsync(row => row.Email == person.Email, Stop)).ShouldBeTrue();
            (await db.Set<ActionJournalRow>().AnyAsync(row => row.Who == person.Name || also.Contains(row.Who), Stop)).ShouldBeTrue();
            (await db.Set<OutboxRow>().AnyAsync(row => row.To == person.Email, Stop)).ShouldBeTrue();
        }

        (await Code(await Erase(person.Id, null, also))).ShouldBe("account-still-active");
        await using (var db = await server.Database())
            await db
                .Users.Where(one => one.Id == person.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(one => one.DeactivatedAt, DateTimeOffset.UnixEpoch), Stop);
        (await InFiles(person.Email)).ShouldBeTrue("the test looks where it is");
        (await InFiles(person.Name)).ShouldBeTrue("the test looks where it is");

        (await Erase(person.Id, null, also)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await Sittings.Eventually(() => new FileInfo(Path + "-wal").Length == 0);
        await using (var db = await server.Database())
            await db.Database.ExecuteSqlAsync($"VACUUM INTO {Path + ".copy"}", Stop);
        try
        {
            foreach (var trace in (string[])[person.Email, person.Name, "Onder een andere naam", .. also])
                (await InFiles(trace)).ShouldBeFalse(trace);
        }
        finally
        {
            File.Delete(Path + ".copy");
        }

        room.State.NameOf(seat.Seat).ShouldBeNull("whoever has the account has the seat, under whatever name");
        await using (var db = await server.Database())
        {
            (await db.Set<SeatRow>().AnyAsync(row => row.AccountId == person.Id, Stop)).ShouldBeFalse();
            var line = await db.Set<AuditRow>().Where(row => row.Act == AuditAct.Erased && row.SubjectKind == "account").SingleAsync(Stop);
            (line.AccountId, line.SubjectId).ShouldBe((DemoOrganisation.Administrator.Id, person.Id.ToString()));
            (await db.Set<AgreedActionRow>().AnyAsync(row => row.OwnerName == "", Stop)).ShouldBeTrue("what was agreed stays");
        }
    }

    [Fact]
    public async Task Somebody_without_an_account_is_erased_by_address_and_name_also_from_a_room_that_is_open()
    {
        const string name = "Zwaantje Opdencamp",
            email = "zwaantje@elders.voorbeeld";
        var room = await server.Room(TestTemplates.Short, 2);
        var seat = await room.Sit(name, Role.Participant);
        await room.Organiser(
            new RecordIntake(
                new Intake
                {
                    Sponsor = name,
                    FollowUpOwner = "Noor",
                    FollowUpOwnerEmail = email,
                    Affected = [new("Burgers", Chair.Represented, name)],
                }
            )
        );
        room.State.Intake!.Affected[0].Note.ShouldBe(name);
        await using (var db = await server.Database())
        {
            db.Add(
                new OutboxRow
                {
                    Id = Guid.NewGuid(),
                    To = "Zwaantje@Elders.voorbeeld",
                    Subject = "Voor u",
                    TextBody = $"Beste {name}",
                    DueAt = DateTimeOffset.MaxValue,
                }
            );
            db.Add(
                new OutboxRow
                {
                    Id = Guid.NewGuid(),
                    To = "ander@elders.voorbeeld",
                    Subject = "Over een ander",
                    TextBody = $"{name} ({email}) is laat",
                    DueAt = DateTimeOffset.MaxValue,
                }
            );
            await db.SaveChangesAsync(Stop);
        }

        (await Erase(null, email, name)).StatusCode.ShouldBe(HttpStatusCode.OK);
        room.State.NameOf(seat.Seat).ShouldBeNull();
        var intake = room.State.Intake!;
        (intake.Sponsor, intake.FollowUpOwner, intake.FollowUpOwnerEmail, intake.Affected[0].Note).ShouldBe(("", "", null, null));
        await using (var db = await server.Database())
            (await db.Set<OutboxRow>().SingleAsync(row => row.To == "ander@elders.voorbeeld", Stop)).TextBody.ShouldBe("… (…) is laat");
        await Sittings.Eventually(() => new FileInfo(Path + "-wal").Length == 0);
        (await InFiles(name)).ShouldBeFalse();
        (await InFiles(email)).ShouldBeFalse();
    }

    [Fact, Trait("Finding", "C1")]
    public async Task Letters_of_another_organisation_stay_as_they_are()
    {
        const string name = "Quirijn Buitenstaander",
            email = "quirijn@elders.voorbeeld",
            words = "Beste " + name;
        var letter = Guid.NewGuid();
        await using (var db = await server.Database())
        {
            db.Add(
                new OutboxRow
                {
                    Id = letter,
                    OrganisationId = Guid.NewGuid(),
                    To = email,
                    Subject = "Voor u",
                    TextBody = words,
                    DueAt = DateTimeOffset.MaxValue,
                }
            );
            await db.SaveChangesAsync(Stop);
        }
        (await Erase(null, email, name)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await using var after = await server.Database();
        (await after.Set<OutboxRow>().SingleAsync(row => row.Id == letter, Stop)).TextBody.ShouldBe(words);
    }

    [Fact]
    public async Task Only_an_administrator_erases_and_a_colleague_is_not_erased_by_the_address_alone()
    {
        using var other = await server.SignedIn(DemoOrganisation.Manager.Email);
        (await other.PostAsJsonAsync("/api/v1/people/erase", new { email = "a@b.voorbeeld" }, Stop)).StatusCode.ShouldBe(
            HttpStatusCode.Forbidden
        );
        (await Code(await Erase(null, DemoOrganisation.Manager.Email.ToUpperInvariant()))).ShouldBe("account-still-active");
        (await Code(await Erase(null, null))).ShouldBe("name-missing");
        (await Code(await Erase(Guid.NewGuid(), null))).ShouldBe("no-such-account");
    }

    /// <summary>Whether it lies in the database, in the log ahead of it or in a copy, in whatever capitals.</summary>
    private async Task<bool> InFiles(string text)
    {
        foreach (var file in (string[])[Path, Path + "-wal", Path + ".copy"])
        {
            if (!File.Exists(file))
                continue;
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var bytes = new MemoryStream();
            await stream.CopyToAsync(bytes, Stop);
            if (Encoding.UTF8.GetString(bytes.ToArray()).Contains(text, StringComparison.OrdinalIgnoreCase))
                return true;
        }
        return false;
    }
}
