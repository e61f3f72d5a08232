namespace Dialogue;

/// <summary>One reader of text for all doors.</summary>
[Trait("Finding", "K9")]
public sealed class UnseenTextTests
{
    [Theory]
    [InlineData("a\0b\u0007c", "abc")]
    [InlineData("\u202Egeheim\u202C", "geheim")]
    [InlineData("\u2066a\u2069\u200F", "a")]
    [InlineData("a\u200Bb\uFEFFc\u2060d\u00ADe", "abcde")]
    [InlineData("  één\r\ntwee  ", "één\ntwee")]
    [InlineData("een\u2028twee", "een\ntwee")]
    [InlineData("e\u0301", "é")]
    public void What_nobody_sees_is_taken_out(string typed, string read) => PlainText.Clean(typed).ShouldBe(read);

    [Theory]
    [InlineData("\u3164")]
    [InlineData("\u2800\u2800")]
    [InlineData("\u115F\u1160\uFFA0")]
    [InlineData("\u200D\u200C")]
    [InlineData("\u00AD\u034F")]
    [InlineData("\uFE0F")]
    [InlineData(" \t\n\u00A0\u2003")]
    [InlineData("\U000E0041")]
    public void What_looks_empty_is_empty(string typed)
    {
        PlainText.Clean(typed).ShouldBe("");
        PlainText.ReadLine(typed, Limits.NameLength, RefusalCode.NameMissing).Refusal!.Code.ShouldBe(RefusalCode.NameMissing);
    }

    [Theory]
    [InlineData("👩‍👧", "👩‍👧")]
    [InlineData("می‌خواهم", "می‌خواهم")]
    [InlineData("☕", "☕")]
    public void Joiners_inside_a_text_stay(string typed, string read) => PlainText.Clean(typed).ShouldBe(read);

    [Fact]
    public void A_name_is_on_one_line() => PlainText.ReadLine(" Noor\n\n  van\tDam ", Limits.NameLength).Value.ShouldBe("Noor van Dam");

    [Theory]
    [InlineData("a@b.nl", true)]
    [InlineData("a\u202E@b.nl", false)]
    [InlineData("a@b.nl\0", false)]
    [InlineData("a@b\u200B.nl", false)]
    public void An_address_has_nothing_unseen(string text, bool right) => PlainText.IsAddress(text).ShouldBe(right);
}
