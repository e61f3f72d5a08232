using Dialogue.FollowUp;

namespace Dialogue.Model.Tests.FollowUp;

public class LocalMomentTests
{
    private static readonly TimeZoneInfo Amsterdam = TimeZoneInfo.FindSystemTimeZoneById("Europe/Amsterdam");

    public static TheoryData<int> Years => [.. Enumerable.Range(2026, 15)];

    private static DateOnly LastSunday(int year, int month)
    {
        var day = new DateOnly(year, month, 31);
        return day.AddDays(-(int)day.DayOfWeek);
    }

    [Theory]
    [MemberData(nameof(Years))]
    public void A_time_that_summer_time_skips_moves_forward(int year)
    {
        var day = LastSunday(year, 3);
        LocalMoment.At(day, new(2, 30), Amsterdam).ShouldBe(new DateTimeOffset(day, new(3, 30), TimeSpan.FromHours(2)));
        LocalMoment.At(day, new(1, 59), Amsterdam).ShouldBe(new DateTimeOffset(day, new(1, 59), TimeSpan.FromHours(1)));
        LocalMoment.At(day, new(3, 0), Amsterdam).ShouldBe(new DateTimeOffset(day, new(3, 0), TimeSpan.FromHours(2)));
    }

    [Theory]
    [MemberData(nameof(Years))]
    public void A_time_that_occurs_twice_is_the_first(int year)
    {
        var day = LastSunday(year, 10);
        LocalMoment.At(day, new(2, 30), Amsterdam).UtcDateTime.ShouldBe(day.ToDateTime(new(0, 30)));
        LocalMoment.At(day, new(3, 0), Amsterdam).UtcDateTime.ShouldBe(day.ToDateTime(new(2, 0)));
    }

    [Theory]
    [MemberData(nameof(Years))]
    public void Eight_in_the_morning_is_eight_in_the_morning_every_day_and_never_goes_back(int year)
    {
        var before = DateTimeOffset.MinValue;
        for (var day = new DateOnly(year, 1, 1); day.Year == year; day = day.AddDays(1))
        {
            var at = LocalMoment.At(day, new(8, 0), Amsterdam);
            TimeZoneInfo.ConvertTime(at, Amsterdam).TimeOfDay.ShouldBe(TimeSpan.FromHours(8));
            at.ShouldBeGreaterThan(before);
            LocalMoment.DateOf(at, Amsterdam).ShouldBe(day);
            before = at;
        }
    }

    [Fact]
    public void A_day_begins_at_midnight_of_the_organisation() =>
        LocalMoment.DateOf(new(2027, 6, 30, 22, 30, 0, TimeSpan.Zero), Amsterdam).ShouldBe(new DateOnly(2027, 7, 1));

    [Fact]
    public void Working_days_pass_over_weekends()
    {
        LocalMoment.AddWorkingDays(new(2027, 3, 5), 1).ShouldBe(new DateOnly(2027, 3, 8));
        LocalMoment.AddWorkingDays(new(2027, 3, 6), 5).ShouldBe(new DateOnly(2027, 3, 12));
        LocalMoment.OnOrAfter(new(2027, 3, 1), DayOfWeek.Monday).ShouldBe(new DateOnly(2027, 3, 1));
        LocalMoment.OnOrAfter(new(2027, 3, 2), DayOfWeek.Monday).ShouldBe(new DateOnly(2027, 3, 8));
    }
}
