namespace Dialogue.Access;

/// <summary>Long is enough; what is guessed first is refused; nothing is cut off.</summary>
public sealed class PasswordRulesTests
{
    private static PasswordFault? Check(string password) =>
        PasswordRules.Check(password, "Femke Oosterling", "femke.oosterling@dwb.voorbeeld", "Dienst Werk en Begeleiding");

    [Theory]
    [InlineData("samen aan tafel")]
    [InlineData("aaltje en bram fietsen")]
    [InlineData("ñandú-ñandú-op-het-dak")]
    [InlineData("correcthorsebatterystaple")]
    [InlineData("Femke gaat op dinsdag zwemmen")]
    public void A_long_password_of_any_kind_may_be_chosen(string password) => Check(password).ShouldBeNull();

    [Theory]
    [InlineData("elf tekens!", PasswordFault.TooShort)]
    [InlineData("            ", PasswordFault.TooShort)]
    [InlineData("aaaaaaaaaaaa", PasswordFault.TooCommon)]
    [InlineData("abcabcabcabc", PasswordFault.TooCommon)]
    [InlineData("123456789012", PasswordFault.TooCommon)]
    [InlineData("qwertyuiopas", PasswordFault.TooCommon)]
    [InlineData("1qaz2wsx3edc", PasswordFault.TooCommon)]
    [InlineData("Password1234", PasswordFault.TooCommon)]
    [InlineData("!!Welkom2026!!", PasswordFault.TooCommon)]
    [InlineData("welkomwelkom", PasswordFault.TooCommon)]
    [InlineData("Gemeente-2026", PasswordFault.TooCommon)]
    [InlineData("femke.oosterling1", PasswordFault.TooPersonal)]
    [InlineData("Begeleiding2026", PasswordFault.TooPersonal)]
    public void What_is_guessed_first_is_refused(string password, PasswordFault fault) => Check(password).ShouldBe(fault);

    [Fact]
    public void A_password_counts_whole_to_its_last_character()
    {
        var most = string.Concat(Enumerable.Repeat("ab cd-ef", 32));
        Check(most[..255] + "x").ShouldBeNull();
        Check(most + "x").ShouldBe(PasswordFault.TooLong);
        var hasher = new NormalisedHasher();
        var account = new Account();
        var hash = hasher.HashPassword(account, most[..255] + "x");
        hasher.VerifyHashedPassword(account, hash, most[..255] + "x").ShouldNotBe(default);
        hasher.VerifyHashedPassword(account, hash, most[..255] + "y").ShouldBe(default);
        hasher.VerifyHashedPassword(account, hash, most[..255]).ShouldBe(default);
    }

    [Fact]
    public void The_same_letters_typed_on_another_system_are_the_same_password()
    {
        var hasher = new NormalisedHasher();
        var hash = hasher.HashPassword(new Account(), "cafe\u0301 aan de gracht");
        hasher.VerifyHashedPassword(new Account(), hash, "caf\u00e9 aan de gracht").ShouldNotBe(default);
    }
}
