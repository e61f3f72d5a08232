using System.Globalization;
using Dialogue;

// Prints figures and ratios; asserts nothing. Every figure stands beside a yardstick measured in the same run, since machines differ and
// are noisy:
//   dotnet run -c Release --project tests/Dialogue.Benchmarks [-- seconds rounds 20x30]
// Both servers are processes of their own on one core, the people are on the other. The product is the whole product: rules, receipts,
// projections, rendering of HTML for everybody in the room. The yardstick is a bare hub: one row each by one writer that commits whatever
// waits (WAL, synchronous=FULL), and the text to the group.
if (args is ["yardstick", var url, var file])
{
    await Yardstick.Serve(url, file);
    return;
}

// Repeated commands: 300 people in one room at 60 % of what it can take, with and without lost answers.
//   dotnet run -c Release --project tests/Dialogue.Benchmarks -- resent [seconds [people]]
if (args is ["resent", ..])
{
    await Resent(
        TimeSpan.FromSeconds(args.Length > 1 ? double.Parse(args[1], CultureInfo.InvariantCulture) : 8),
        args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 300
    );
    return;
}

var seconds = TimeSpan.FromSeconds(args.Length > 0 ? double.Parse(args[0], CultureInfo.InvariantCulture) : 4);
var rounds = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 3;

// A program that just started runs code that is not yet compiled for good.
var warming = TimeSpan.FromSeconds(6);
Cores.LoadOnTheSecond();
Console.WriteLine(
    $"median of {rounds} rounds of {seconds.TotalSeconds} s; a contribution counts when its sender has the answer; ms from sending "
        + "until the last in the room has it"
);
Console.WriteLine(
    $"{"rooms x people", -16}{"load", -14}{"yardstick/s", 12}{"product/s", 12}{"ratio", 8}{"yard p50", 10}"
        + $"{"p99", 8}{"product p50", 13}{"p99", 8}{"yard µs cpu", 13}{"product µs", 12}{"bytes each", 12}"
);
foreach (var (rooms, people) in new[] { (20, 30), (75, 8), (10, 100), (1, 500) })
{
    if (args.Length > 2 && args[2] != $"{rooms}x{people}")
        continue;
    List<LoadResult> yard = [],
        product = [],
        calmYard = [],
        calmProduct = [];
    for (var round = 0; round < rounds; round++)
    {
        await using (var server = await BenchServer.Yardstick())
        await using (var tables = await Tables.Bare(server, rooms, people))
        {
            await tables.AsFastAsAnswered(warming);
            yard.Add(await tables.AsFastAsAnswered(seconds));
            calmYard.Add(await tables.OnSchedule(yard.Max(one => one.PerSecond) / 2, seconds));
        }
        await using (var server = await BenchServer.Product())
        await using (var tables = await Tables.OfProduct(server, rooms, people))
        {
            await tables.AsFastAsAnswered(warming);
            product.Add(await tables.AsFastAsAnswered(seconds));
            calmProduct.Add(await tables.OnSchedule(yard.Max(one => one.PerSecond) / 2, seconds));
        }
    }
    Print(rooms, people, "closed loop", yard, product);
    Print(rooms, people, "half of that", calmYard, calmProduct);
}

static async Task Resent(TimeSpan during, int people)
{
    Cores.LoadOnTheSecond();
    await using var server = await BenchServer.Product();
    await using var tables = await Tables.OfProduct(server, 1, people);
    await tables.AsFastAsAnswered(TimeSpan.FromSeconds(6));
    var most = (await tables.AsFastAsAnswered(during)).PerSecond;
    var losses = new Losses(0.01, TimeSpan.FromSeconds(3), TimeSpan.FromMilliseconds(100));
    var without = await tables.OnSchedule(most * 0.6, during);
    var with = await tables.OnSchedule(most * 0.6, during, losses);
    Console.WriteLine(
        $"1 x {people}: {most:N0}/s at saturation; then at 60 % of it, ms from when it was due until the last in the room has it"
    );
    Console.WriteLine($"{"", -24}{"accepted/s", 12}{"p50", 10}{"p99", 10}{"refused", 10}{"repeats", 10}{"unseen", 8}");
    foreach (var (name, one) in new[] { ("nothing repeated", without), ("answers lost", with) })
        Console.WriteLine(
            $"{name, -24}{one.PerSecond, 12:N0}{one.P50, 10:N1}{one.P99, 10:N1}"
                + $"{one.Refused, 10:P1}{one.Repeats, 10:N0}{one.NotSeenByAll, 8:N0}"
        );
}

static void Print(int rooms, int people, string load, List<LoadResult> yard, List<LoadResult> product)
{
    double Of(List<LoadResult> results, Func<LoadResult, double> figure) => results.Select(figure).Order().ElementAt(results.Count / 2);
    var missing = product.Concat(yard).Sum(one => one.NotSeenByAll);
    Console.WriteLine(
        $"{$"{rooms} x {people}", -16}{load, -14}{Of(yard, one => one.PerSecond), 12:N0}{Of(product, one => one.PerSecond), 12:N0}"
            + $"{Of(product, one => one.PerSecond) / Of(yard, one => one.PerSecond), 8:P0}"
            + $"{Of(yard, one => one.P50), 10:N1}{Of(yard, one => one.P99), 8:N0}"
            + $"{Of(product, one => one.P50), 13:N1}{Of(product, one => one.P99), 8:N0}"
            + $"{Of(yard, one => one.CpuEach), 13:N0}{Of(product, one => one.CpuEach), 12:N0}"
            + $"{Of(product, one => one.BytesEach), 12:N0}{(missing > 0 ? $"  {missing} not seen by all" : "")}"
    );
}
