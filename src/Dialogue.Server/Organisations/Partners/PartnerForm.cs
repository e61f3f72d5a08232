namespace Dialogue.Organisations.Partners;

/// <summary>What was typed about a partner organisation.</summary>
public sealed class PartnerForm
{
    public string? Name { get; set; }
    public string? ShortName { get; set; }
    public string? TimeZone { get; set; } = "Europe/Amsterdam";
    public string? Language { get; set; } = "nl";

    public KeepPartner Keep(Guid? id) => new(id, Name, ShortName, TimeZone, Language);
}
