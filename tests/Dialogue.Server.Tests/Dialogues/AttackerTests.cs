namespace Dialogue.Dialogues;

/// <summary>Many anonymous phases, and how well an administrator of the database does who looks at one of these moments.</summary>
public sealed class AttackedSittings : IAsyncLifetime
{
    private const int Phases = 75,
        Planted = 8;

    /// <summary>The box was emptied: the disk, the tables and the log.</summary>
    internal Score Shown { get; } = new();
    internal Score ShownBackup { get; } = new();

    /// <summary>The box is shut: the disk as it is, the same after the database tidied its log, and a backup.</summary>
    internal Score Shut { get; } = new();
    internal Score ShutAndTidied { get; } = new();
    internal Score ShutBackup { get; } = new();

    /// <summary>
    /// Leaks on purpose: a log ahead of the database that a reader keeps from being emptied, and a table that remembers the order.
    /// </summary>
    internal Score KeptLog { get; } = new();
    internal Score PlantedTable { get; } = new();

    internal List<double> OrderOfShowing { get; } = [];
    internal List<string> Betrayed { get; } = [];

    public async ValueTask InitializeAsync()
    {
        using var lines = new LoggedLines();
        var folder = Sittings.Folder();
        await using (var server = new RunningServer(lines, [.. LoggedLines.Loudest, ("Storage:Path", Path.Combine(folder, "dialogue.db"))]))
        {
            var sittings = new Sittings(server, lines, seed: 7);
            for (var phase = 0; phase < Phases; phase++)
                await Attack(sittings, closely: lines.Listening = phase % 3 == 0);
            for (var phase = 0; phase < Planted; phase++)
                await AttackKeptLog(sittings);
            await sittings.Plant();
            for (var phase = 0; phase < Planted; phase++)
            {
                var held = await sittings.Hold();
                await sittings.RevealAndWipe(held);
                PlantedTable.Count(held.Sitting, sittings.Loot(held), sittings.Random);
            }
        }
        Directory.Delete(folder, recursive: true);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <param name="closely">At every moment, and with all that is logged; the others are looked at after the reveal only.</param>
    private async Task Attack(Sittings sittings, bool closely)
    {
        var held = await sittings.Hold();
        if (closely)
        {
            var log = string.Join('\n', held.Log);
            Betrayed.AddRange(sittings.Secrets.Where(secret => log.Contains(secret, StringComparison.OrdinalIgnoreCase)));
            Shut.Count(held.Sitting, sittings.Loot(held), sittings.Random);
            ShutBackup.Count(held.Sitting, await sittings.Backup(held), sittings.Random);
            await sittings.Checkpoint();
            ShutAndTidied.Count(held.Sitting, sittings.Loot(held), sittings.Random);
        }
        await sittings.RevealAndWipe(held);
        Shown.Count(held.Sitting, sittings.Loot(held), sittings.Random);
        if (closely)
            ShownBackup.Count(held.Sitting, await sittings.Backup(held), sittings.Random);
        var arrived = held.Sitting.Authors.Keys.ToList();
        OrderOfShowing.Add(Spearman([.. held.Room.State.ShownIn(Sittings.Box).Select(item => arrived.IndexOf(item.Text[..16]))]));
    }

    private async Task AttackKeptLog(Sittings sittings)
    {
        await using (await sittings.Reader())
        {
            var held = await sittings.Hold();
            await Sittings.Reveal(held);
            sittings.Wiped.ShouldBeFalse();
            KeptLog.Count(held.Sitting, sittings.Loot(held), sittings.Random);
        }
        await Sittings.Eventually(() => sittings.Wiped);
    }

    private static double Spearman(int[] ranks)
    {
        double n = ranks.Length;
        return 1 - (6 * ranks.Select((rank, place) => Math.Pow(rank - place, 2)).Sum() / (n * ((n * n) - 1)));
    }
}

public sealed class AttackerTests(AttackedSittings attacked) : IClassFixture<AttackedSittings>
{
    /// <summary>
    /// So many deviations above chance is where luck ends, with a hundred and more ways of looking at a handful of moments.
    /// </summary>
    private const double Luck = 4.5;

    [Fact]
    public void After_the_reveal_no_way_of_looking_at_disk_tables_and_log_finds_more_authors_than_chance() =>
        BestOf(attacked.Shown).ShouldBeLessThan(Luck, $"{attacked.Shown}");

    [Fact]
    public void A_backup_made_after_the_reveal_tells_no_more_than_chance() =>
        BestOf(attacked.ShownBackup).ShouldBeLessThan(Luck, $"{attacked.ShownBackup}");

    [Fact]
    public void One_backup_made_while_the_box_is_shut_does_not_tell_the_order_either() =>
        BestOf(attacked.ShutBackup).ShouldBeLessThan(Luck, $"{attacked.ShutBackup}");

    /// <summary>Not a wish but a measurement: this is why it is not promised.</summary>
    [Fact]
    public void While_the_box_is_shut_the_disk_does_tell_the_order()
    {
        BestOf(attacked.Shut).ShouldBeGreaterThan(Luck, $"{attacked.Shut}");
        BestOf(attacked.ShutAndTidied).ShouldBeGreaterThan(Luck, $"{attacked.ShutAndTidied}");
    }

    [Fact]
    public void A_log_ahead_that_a_reader_keeps_is_found_by_the_attacker_and_emptied_when_the_reader_lets_go()
    {
        BestOf(attacked.KeptLog).ShouldBeGreaterThan(Luck, $"{attacked.KeptLog}");
        attacked.KeptLog.Best.Way.ShouldContain("ahead log");
    }

    [Fact]
    public void A_planted_table_that_keeps_the_order_is_found_by_the_attacker()
    {
        BestOf(attacked.PlantedTable).ShouldBeGreaterThan(Luck, $"{attacked.PlantedTable}");
        attacked.PlantedTable.Best.Way.ShouldStartWith("Planted");
    }

    [Fact]
    public void The_order_of_showing_has_nothing_to_do_with_the_order_of_arriving()
    {
        // Of eight or more texts the relation scatters by a little less than this.
        var scatter = 1 / Math.Sqrt(7.0 * attacked.OrderOfShowing.Count);
        attacked.OrderOfShowing.Average().ShouldBeInRange(-4 * scatter, 4 * scatter);
    }

    [Fact]
    public void However_loud_the_log_no_word_no_ticket_and_no_hash_of_one_is_in_it() => attacked.Betrayed.ShouldBeEmpty();

    private static double BestOf(Score score)
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"{score}");
        return score.Best.Deviations;
    }
}
