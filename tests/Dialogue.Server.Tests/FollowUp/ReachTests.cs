using Dialogue.Access;
using Dialogue.FollowUp;
using Dialogue.Mailroom;
using Dialogue.Organisations;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using MimeKit;
using Moq;

namespace Dialogue.Server.Tests.FollowUp;

/// <summary>Rows D8 and D9: letters go to named functions and to the address of now, and only while they are true.</summary>
public sealed class ReachTests
{
    private static AgreedActionRow Row(FollowUpBench bench, Action<AgreedActionRow>? with = null)
    {
        _ = bench;
        var row = new AgreedActionRow
        {
            Id = Guid.NewGuid(),
            OrganisationId = FollowUpBench.Organisation,
            OwnerName = "Teamleider",
            OwnerEmail = FollowUpBench.OwnerEmail,
            GuideName = "Noor",
            GuideEmail = "noor@dienst.test",
        };
        with?.Invoke(row);
        return row;
    }

    private static async Task<string[]> To(FollowUpBench bench, AgreedActionRow row, NudgeTo to)
    {
        await using var db = bench.CreateDbContext();
        return [.. (await Reach.Read(db, [row], CancellationToken.None)).Receivers(row, to).Select(one => one.Email)];
    }

    private static async Task Fill(FollowUpBench bench, NamedFunction function, string mailbox, UnitRow? unit = null)
    {
        await using var db = bench.CreateDbContext();
        if (unit is not null && !await db.Set<UnitRow>().AnyAsync(known => known.Id == unit.Id))
            db.Add(unit);
        db.Add(
            new FunctionRow
            {
                Id = Guid.NewGuid(),
                OrganisationId = FollowUpBench.Organisation,
                Function = function,
                UnitId = unit?.Id,
                ScopeId = unit?.Id ?? FollowUpBench.Organisation,
                MailboxName = mailbox,
                MailboxEmail = mailbox,
            }
        );
        await db.SaveChangesAsync();
    }

    [Fact]
    [Trait("Finding", "D8")]
    public async Task The_ladder_goes_to_functions_and_a_rung_without_anybody_is_passed_over_upwards()
    {
        await using var bench = await FollowUpBench.Start();
        var row = Row(bench);
        (await To(bench, row, NudgeTo.Sponsor)).ShouldBe([FollowUpBench.Manager.Email], "without any function: its managers");
        await Fill(bench, NamedFunction.BoardMember, "bestuur@dienst.test");
        await Fill(bench, NamedFunction.EthicsCoordinator, "ethiek@dienst.test");
        (await To(bench, row, NudgeTo.Board)).ShouldBe(["bestuur@dienst.test", "ethiek@dienst.test"]);
        (await To(bench, row, NudgeTo.Sponsor)).ShouldBe(["bestuur@dienst.test", "ethiek@dienst.test"]);
        await Fill(bench, NamedFunction.PortfolioHolder, "portefeuille@dienst.test");
        (await To(bench, row, NudgeTo.Sponsor)).ShouldBe(["portefeuille@dienst.test"]);
        await Fill(bench, NamedFunction.Sponsor, "opdracht@dienst.test");
        (await To(bench, row, NudgeTo.Sponsor)).ShouldBe(["opdracht@dienst.test"]);
        var unit = new UnitRow
        {
            Id = Guid.NewGuid(),
            OrganisationId = FollowUpBench.Organisation,
            Name = "Intake",
        };
        await Fill(bench, NamedFunction.Sponsor, "intake@dienst.test", unit);
        (await To(bench, Row(bench, its => its.UnitId = unit.Id), NudgeTo.Sponsor)).ShouldBe(["intake@dienst.test"]);
        (await To(bench, Row(bench, its => its.Unit = "Intake"), NudgeTo.Sponsor)).ShouldBe(["intake@dienst.test"]);
        (await To(bench, row, NudgeTo.Sponsor)).ShouldBe(["opdracht@dienst.test"]);
    }

    [Theory]
    [Trait("Finding", "D9")]
    [InlineData(NudgeTo.Owner)]
    [InlineData(NudgeTo.Verifier)]
    [InlineData(NudgeTo.Facilitator)]
    [InlineData(NudgeTo.Sponsor)]
    public async Task Who_is_an_account_is_written_to_at_its_address_of_now_and_not_at_all_once_it_has_ended(NudgeTo to)
    {
        await using var bench = await FollowUpBench.Start();
        var colleague = FollowUpBench.Colleague.AccountId;
        var row = Row(
            bench,
            its =>
            {
                (its.OwnerAccountId, its.OwnerEmail) = to == NudgeTo.Owner ? (colleague, "oud@dienst.test") : ((Guid?)null, its.OwnerEmail);
                (its.VerifierName, its.VerifierAccountId, its.VerifierEmail) = ("Femke", colleague, "oud@dienst.test");
                if (to == NudgeTo.Facilitator)
                    (its.GuideAccountId, its.GuideEmail) = (colleague, "oud@dienst.test");
            }
        );
        await using (var db = bench.CreateDbContext())
        {
            db.Add(
                new FunctionRow
                {
                    Id = Guid.NewGuid(),
                    OrganisationId = FollowUpBench.Organisation,
                    Function = NamedFunction.Sponsor,
                    ScopeId = FollowUpBench.Organisation,
                    AccountId = colleague,
                }
            );
            (await db.Users.AsTracking().SingleAsync(account => account.Id == colleague)).Email = "nieuw@dienst.test";
            await db.SaveChangesAsync();
        }

        (await To(bench, row, to)).ShouldBe(["nieuw@dienst.test"]);
        await using (var db = bench.CreateDbContext())
        {
            (await db.Users.AsTracking().SingleAsync(account => account.Id == colleague)).DeactivatedAt = bench.Time.GetUtcNow();
            await db.SaveChangesAsync();
        }

        var instead = to switch
        {
            NudgeTo.Owner or NudgeTo.Verifier => "noor@dienst.test",
            NudgeTo.Facilitator => FollowUpBench.Coordinator.Email,
            _ => FollowUpBench.Manager.Email,
        };
        (await To(bench, row, to)).ShouldBe([instead]);
    }

    private static SendOutbox Sender(FollowUpBench bench, IPostalRoute route) =>
        new(
            bench,
            route,
            bench.Mail,
            [new LooksAtActionLetters(bench.Letters, bench.Policies)],
            bench.Time,
            NullLogger<SendOutbox>.Instance
        );

    [Fact]
    [Trait("Finding", "D9")]
    public async Task A_letter_about_what_is_no_longer_true_is_not_sent_when_the_mail_server_comes_back()
    {
        await using var bench = await FollowUpBench.Start();
        var id = await bench.Offer();
        var owner = await bench.Holder(FollowUpBench.OwnerEmail);
        await bench.Take(null, new ActionStep.Accept(), owner);
        await bench.Take(null, new ActionStep.Start(), owner);
        bench.Time.SetUtcNow(new(2027, 3, 30, 9, 0, 0, TimeSpan.Zero));
        await bench.SendNudges();
        await bench.Take(null, new ActionStep.ReportDone([new(EvidenceKind.Document, "Instructie van kracht")]), owner);
        var verifier = await bench.Holder(FollowUpBench.VerifierEmail);
        await bench.Take(null, new ActionStep.Verify(Verdict.Agree), verifier);
        await bench.Take(id, new ActionStep.JudgeEffect(ActionEffect.Helped, "Minder klachten"), FollowUpBench.Coordinator);
        await bench.Take(id, new ActionStep.Close(), FollowUpBench.Coordinator);
        (await bench.Outbox()).Count.ShouldBeGreaterThanOrEqualTo(3);

        var route = new Mock<IPostalRoute>();
        await Sender(bench, route.Object).DoDue(bench.Time.GetUtcNow(), CancellationToken.None);
        route.Verify(one => one.Send(It.IsAny<MimeMessage>(), It.IsAny<CancellationToken>()), Times.Never);
        (await bench.Outbox()).ShouldAllBe(letter => letter.SentAt == null && letter.DroppedAt != null && letter.TextBody.Length == 0);
        await Sender(bench, route.Object).DoDue(bench.Time.GetUtcNow().AddHours(3), CancellationToken.None);
        route.Verify(one => one.Send(It.IsAny<MimeMessage>(), It.IsAny<CancellationToken>()), Times.Never);
    }

    [Fact]
    [Trait("Finding", "D9")]
    public async Task A_letter_about_two_actions_shows_on_both_when_it_does_not_get_through_and_leaves_out_what_ended()
    {
        await using var bench = await FollowUpBench.Start();
        var ids = await bench.Offer(
            [FollowUpBench.Agreed(1), FollowUpBench.Agreed(2)],
            [FollowUpBench.Contact(1), FollowUpBench.Contact(2)]
        );
        var sent = new List<string>();
        var up = bench.Time.GetUtcNow().AddHours(1);
        var route = new Mock<IPostalRoute>();
        route
            .Setup(one => one.Send(It.IsAny<MimeMessage>(), It.IsAny<CancellationToken>()))
            .Returns(
                (MimeMessage message, CancellationToken _) =>
                {
                    if (bench.Time.GetUtcNow() < up)
                        throw new IOException("421 come back later");
                    sent.Add(message.TextBody!);
                    return Task.CompletedTask;
                }
            );
        for (var tries = 0; tries < 5; tries++)
        {
            await Sender(bench, route.Object).DoDue(bench.Time.GetUtcNow(), CancellationToken.None);
            bench.Time.Advance(TimeSpan.FromMinutes(9));
        }

        foreach (var id in ids)
            (await bench.Show(id, new Acting.Signed(FollowUpBench.Coordinator))).Value!.LettersWait.ShouldBeTrue();
        await bench.Take(ids[0], new ActionStep.Drop(DropCategory.NoLongerNeeded, "Niet meer nodig"), FollowUpBench.Coordinator);
        bench.Time.SetUtcNow(up.AddHours(2));
        await Sender(bench, route.Object).DoDue(bench.Time.GetUtcNow(), CancellationToken.None);
        var text = sent.ShouldHaveSingleItem();
        text.ShouldContain("Pas werkinstructie 2 aan");
        text.ShouldNotContain("Pas werkinstructie 1 aan");
    }

    [Fact]
    [Trait("Finding", "D9")]
    public async Task An_owner_who_cannot_be_written_to_is_shown_as_not_yet_asked()
    {
        await using var bench = await FollowUpBench.Start();
        var id = await bench.Offer(FollowUpBench.Agreed(1), FollowUpBench.Contact(1, owner: null));
        (await bench.Show(id, new Acting.Signed(FollowUpBench.Coordinator))).Value!.NotAsked.ShouldBeTrue();
        var other = await bench.Offer(FollowUpBench.Agreed(2));
        (await bench.Show(other, new Acting.Signed(FollowUpBench.Coordinator))).Value!.NotAsked.ShouldBeFalse();
    }

    [Theory]
    [Trait("Finding", "D9")]
    [InlineData("naam@dienst.test", true)]
    [InlineData("voor.naam+merk@sub.dienst.test", true)]
    [InlineData("o'neil@dienst.test", true)]
    [InlineData("\"naam\"@dienst.test", false)]
    [InlineData("naam@dienst", false)]
    [InlineData("naam..twee@dienst.test", false)]
    [InlineData(".naam@dienst.test", false)]
    [InlineData("naam@-dienst.test", false)]
    [InlineData("naam@dienst..test", false)]
    [InlineData("naam@[127.0.0.1]", false)]
    [InlineData("naam(x)@dienst.test", false)]
    [InlineData("a@b@c.test", false)]
    public void The_room_and_the_mailroom_accept_the_same_addresses(string address, bool good)
    {
        PlainText.IsAddress(address).ShouldBe(good);
        Post.IsAddress(address, out _).ShouldBe(good);
        if (good)
            MailboxAddress.Parse(address).Address.ShouldBe(address);
    }
}
