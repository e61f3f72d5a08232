using CsCheck;

namespace Dialogue;

public class PlainTextTests
{
    [Theory]
    [InlineData("  twee  ", "twee")]
    [InlineData("een\r\ntwee\tdrie", "een\ntwee\tdrie")]
    [InlineData("pay\u202Epal", "paypal")]
    [InlineData("\u2067\u2066\u2069\u200E\u200F\u061C", "")]
    [InlineData("a\u200Bb\uFEFFc\u2060d", "abcd")]
    [InlineData("bel\u0007\u0000", "bel")]
    [InlineData("cafe\u0301", "café")]
    [InlineData("👩\u200D👧", "👩\u200D👧")]
    [InlineData(null, "")]
    public void Text_is_composed_trimmed_and_without_what_cannot_be_seen(string? typed, string clean) =>
        PlainText.Clean(typed).ShouldBe(clean);

    [Fact]
    public void Cleaning_takes_anything_and_cleaning_twice_changes_nothing() =>
        Gen
            .Char.Array[0, 40]
            .Sample(chars =>
            {
                var clean = PlainText.Clean(new string(chars));
                PlainText.Clean(clean).ShouldBe(clean);
            });

    [Fact]
    public void A_text_at_the_limit_is_taken_and_one_more_is_refused_with_both_numbers()
    {
        PlainText.Read(new string('x', Limits.TextLength)).Ok.ShouldBeTrue();
        var refused = PlainText.Read(new string('x', Limits.TextLength + 1)).Refusal!;
        refused.Code.ShouldBe(RefusalCode.TextTooLong);
        refused.Facts!["limit"].ShouldBe("4000");
        refused.Facts["length"].ShouldBe("4001");
        PlainText.ReadOptional(new string('x', 301), 300).Refusal!.Code.ShouldBe(RefusalCode.TextTooLong);
        PlainText.ReadOptional("  ").ShouldBe(new Result<string?>(null, null));
        PlainText.Read("\u200B ").Refusal!.Code.ShouldBe(RefusalCode.TextMissing);
    }
}
