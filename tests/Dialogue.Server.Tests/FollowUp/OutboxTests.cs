using Dialogue.Clock;
using Dialogue.FollowUp;
using Dialogue.Mailroom;
using Microsoft.Extensions.Logging.Abstractions;
using MimeKit;
using Moq;

namespace Dialogue.Server.Tests.FollowUp;

public class OutboxTests
{
    private static async Task Put(FollowUpBench bench, string to = "a@b.test", string subject = "Onderwerp")
    {
        await using var db = bench.CreateDbContext();
        Post.Add(db, new(FollowUpBench.From.OrganisationId, to, subject, "Tekst"), bench.Time.GetUtcNow());
        await db.SaveChangesAsync();
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
    public async Task A_mail_server_that_is_down_for_a_day_delays_letters_and_loses_none()
    {
        await using var bench = await FollowUpBench.Start();
        await Put(bench);
        var sent = new List<string>();
        var up = bench.Time.GetUtcNow().AddDays(1);
        var attempts = new List<DateTimeOffset>();
        var route = new Mock<IPostalRoute>();
        route
            .Setup(one => one.Send(It.IsAny<MimeMessage>(), It.IsAny<CancellationToken>()))
            .Returns(
                (MimeMessage message, CancellationToken _) =>
                {
                    attempts.Add(bench.Time.GetUtcNow());
                    if (bench.Time.GetUtcNow() < up)
                        throw new IOException("421 come back later");
                    sent.Add(message.MessageId!);
                    return Task.CompletedTask;
                }
            );
        var sender = Sender(bench, route.Object);
        while (sent.Count == 0 && attempts.Count < 100)
        {
            await sender.DoDue(bench.Time.GetUtcNow(), CancellationToken.None);
            bench.Time.Advance(TimeSpan.FromSeconds(30));
        }
        await sender.DoDue(bench.Time.GetUtcNow().AddHours(2), CancellationToken.None);

        var row = (await bench.Outbox()).ShouldHaveSingleItem();
        sent.ShouldBe([row.StableMessageId]);
        row.SentAt.ShouldNotBeNull();
        row.TextBody.ShouldBe("");
        row.LastError.ShouldBeNull();
        var waits = attempts.Zip(attempts.Skip(1), (first, second) => second - first).ToList();
        waits[0].ShouldBe(TimeSpan.FromMinutes(1));
        waits[1].ShouldBe(TimeSpan.FromMinutes(2));
        waits.Max().ShouldBe(TimeSpan.FromHours(1));
        attempts.Count.ShouldBeLessThan(35);
    }

    [Fact]
    public async Task A_failure_is_written_down_and_one_bad_letter_does_not_stop_the_next()
    {
        await using var bench = await FollowUpBench.Start();
        await Put(bench, "slecht@b.test");
        await Put(bench, "goed@b.test");
        var route = new Mock<IPostalRoute>();
        route
            .Setup(one =>
                one.Send(It.Is<MimeMessage>(message => message.To.ToString().StartsWith("slecht")), It.IsAny<CancellationToken>())
            )
            .ThrowsAsync(new IOException("550 no such mailbox"));
        (await Sender(bench, route.Object).DoDue(bench.Time.GetUtcNow(), CancellationToken.None)).ShouldBe(1);
        var bad = (await bench.Outbox("slecht@b.test")).Single();
        (bad.SentAt, bad.Attempts, bad.TextBody).ShouldBe((null, 1, "Tekst"));
        bad.LastError!.ShouldContain("550");
    }

    [Fact, Trait("Finding", "A7")]
    public async Task A_letter_that_is_refused_for_good_is_given_up_visibly_and_not_tried_again()
    {
        await using var bench = await FollowUpBench.Start();
        await Put(bench, "weg@b.test");
        var route = new Mock<IPostalRoute>();
        route
            .Setup(one => one.Send(It.IsAny<MimeMessage>(), It.IsAny<CancellationToken>()))
            .ThrowsAsync(
                new MailKit.Net.Smtp.SmtpCommandException(
                    MailKit.Net.Smtp.SmtpErrorCode.RecipientNotAccepted,
                    MailKit.Net.Smtp.SmtpStatusCode.MailboxUnavailable,
                    new MailboxAddress("", "weg@b.test"),
                    "550 no such mailbox"
                )
            );
        for (var day = 0; day < 3; day++)
            await Sender(bench, route.Object).DoDue(bench.Time.GetUtcNow().AddDays(day), CancellationToken.None);
        route.Verify(one => one.Send(It.IsAny<MimeMessage>(), It.IsAny<CancellationToken>()), Times.Once);
        var row = (await bench.Outbox()).Single();
        (row.SentAt, row.FailedAt.HasValue).ShouldBe((null, true));
        row.LastError!.ShouldContain("550");
    }

    [Fact, Trait("Finding", "A7")]
    public async Task A_letter_that_fails_for_days_is_given_up()
    {
        await using var bench = await FollowUpBench.Start();
        await Put(bench);
        var route = new Mock<IPostalRoute>();
        route.Setup(one => one.Send(It.IsAny<MimeMessage>(), It.IsAny<CancellationToken>())).ThrowsAsync(new IOException("421 later"));
        for (var hour = 0; hour < 100; hour++)
        {
            await Sender(bench, route.Object).DoDue(bench.Time.GetUtcNow(), CancellationToken.None);
            bench.Time.Advance(TimeSpan.FromHours(1.5));
        }
        var row = (await bench.Outbox()).Single();
        (row.Attempts, row.FailedAt.HasValue).ShouldBe((SendOutbox.MostAttempts, true));
    }

    [Fact]
    public async Task Two_nodes_that_look_at_once_send_a_letter_once()
    {
        await using var bench = await FollowUpBench.Start();
        await Put(bench);
        var route = new Mock<IPostalRoute>();
        await Task.WhenAll(
            Enumerable
                .Range(0, 4)
                .Select(i => Task.Run(() => Sender(bench, route.Object).DoDue(bench.Time.GetUtcNow(), CancellationToken.None)))
        );
        route.Verify(one => one.Send(It.IsAny<MimeMessage>(), It.IsAny<CancellationToken>()), Times.Once);
    }

    [Fact]
    public async Task Without_a_mail_server_a_letter_becomes_a_file_that_mail_programs_open()
    {
        await using var bench = await FollowUpBench.Start();
        await Put(bench, subject: "Afspraak: één vraag");
        var folder = Path.Combine(bench.Folder, "mail");
        await Sender(bench, new FolderRoute(bench.Mail with { Folder = folder })).DoDue(bench.Time.GetUtcNow(), CancellationToken.None);
        var message = await MimeMessage.LoadAsync(Directory.GetFiles(folder, "*.eml").ShouldHaveSingleItem());
        (message.Subject, message.TextBody!.Trim(), message.To.ToString()).ShouldBe(("Afspraak: één vraag", "Tekst", "a@b.test"));
        message.MessageId.ShouldBe((await bench.Outbox())[0].StableMessageId);
    }

    [Theory]
    [InlineData("a@b.test\r\nBcc: c@d.test", "x")]
    [InlineData("a@b.test,c@d.test", "x")]
    [InlineData("Naam <a@b.test>", "x")]
    [InlineData("geen adres", "x")]
    [InlineData("a@b.test", "x\r\nBcc: c@d.test")]
    [InlineData("a@b.test", "x\ny")]
    public async Task A_letter_cannot_smuggle_in_a_header(string to, string subject)
    {
        await using var bench = await FollowUpBench.Start();
        await using var db = bench.CreateDbContext();
        Should.Throw<ArgumentException>(() =>
            Post.Add(db, new(FollowUpBench.From.OrganisationId, to, subject, "x"), bench.Time.GetUtcNow())
        );
    }

    [Fact]
    public void Words_of_people_become_one_line_for_a_subject() => Post.OneLine("Bel\r\n  de\tburger").ShouldBe("Bel de burger");

    [Fact]
    public async Task One_failing_work_never_stops_the_others_and_the_clock_says_who_is_unwell()
    {
        await using var bench = await FollowUpBench.Start();
        var settings = new ClockSettings();
        var health = new ClockHealth(bench.Time, settings);
        var looks = 0;
        var bad = new Mock<IDueWork>();
        bad.Setup(work => work.Name).Returns("bad");
        bad.Setup(work => work.DoDue(It.IsAny<DateTimeOffset>(), It.IsAny<CancellationToken>()))
            .ThrowsAsync(new InvalidOperationException());
        var good = new Mock<IDueWork>();
        good.Setup(work => work.Name).Returns("good");
        good.Setup(work => work.DoDue(It.IsAny<DateTimeOffset>(), It.IsAny<CancellationToken>())).ReturnsAsync(() => ++looks);
        using var ticker = new Ticker([bad.Object, good.Object], health, bench.Time, settings, NullLogger<Ticker>.Instance);
        for (var tick = 0; tick < 40; tick++)
        {
            await ticker.Tick(bad.Object, CancellationToken.None);
            await ticker.Tick(good.Object, CancellationToken.None);
            bench.Time.Advance(settings.Every);
        }
        looks.ShouldBe(40);
        health.LastSuccess["bad"].ShouldBeNull();
        var check = await health.CheckHealthAsync(new());
        check.Status.ShouldBe(Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Degraded);
        check.Description!.ShouldContain("bad");
        check.Description!.ShouldNotContain("good");
    }
}
