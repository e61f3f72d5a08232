namespace Dialogue;

public sealed class PlainTextCutTests
{
    /// <summary>Row E: what a reader sees as one character is kept whole or left out.</summary>
    [Theory, Trait("Finding", "E")]
    [InlineData("kort", 10, "kort")]
    [InlineData("abcdef", 3, "abc")]
    [InlineData("ab👨‍👩‍👧c", 5, "ab")]
    [InlineData("ab👨‍👩‍👧c", 10, "ab👨‍👩‍👧")]
    [InlineData("e\u0301e\u0301", 3, "e\u0301")]
    [InlineData("👍", 1, "")]
    public void Text_is_cut_between_characters_that_a_reader_sees(string text, int limit, string cut) =>
        PlainText.Cut(text, limit).ShouldBe(cut);
}
