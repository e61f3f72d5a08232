namespace Dialogue.Cases;

public sealed class PersonalDetailsTests
{
    [Theory]
    [InlineData("Haar nummer is 111222333.", "bsn")]
    [InlineData("Haar nummer is 111.222.333.", "bsn")]
    [InlineData("Mail naar jan.jansen@voorbeeld.nl graag.", "email")]
    [InlineData("Bel 06-12345678.", "phone")]
    [InlineData("Bel +31 6 12345678.", "phone")]
    [InlineData("Geboren op 3 maart 1961 in Assen.", "birthDate")]
    [InlineData("Geboren op 03-03-1961.", "birthDate")]
    public void What_may_point_at_somebody_is_found(string text, string kind) =>
        PersonalDetails.In(text).ShouldContain(found => found.Kind == kind);

    [Theory]
    [InlineData("In 2025 waren er 31 van 960 plekken.")]
    [InlineData("Zaaknummer 111222334 is geen burgerservicenummer.")]
    [InlineData("DWB heeft 40 coaches voor 18.000 werkzoekenden.")]
    public void Ordinary_numbers_are_left_alone(string text) => PersonalDetails.In(text, null).ShouldBeEmpty();
}
