using Dialogue.Organisations.Functions;
using Dialogue.Organisations.Partners;
using Dialogue.Organisations.People;
using Dialogue.Organisations.Reading;
using Dialogue.Organisations.Settings;
using Dialogue.Organisations.Units;

namespace Dialogue.Organisations;

/// <summary>Organisations, the people in them, and what administrators do.</summary>
public static class OrganisationsSetup
{
    public static void MapOrganisations(this IEndpointRouteBuilder app)
    {
        ListPeople.Map(app);
        ListUnits.Map(app);
        KeepUnit.Map(app);
        RemoveUnit.Map(app);
        ListFunctions.Map(app);
        FillFunction.Map(app);
        ListPartners.Map(app);
        KeepPartner.Map(app);
        RemovePartner.Map(app);
        KeepContact.Map(app);
        ReadOrganisation.Map(app);
        ChangeOrganisation.Map(app);
        KeepLogo.Map(app);
        HouseStyle.Map(app);
        ReadTrail.Map(app);
        ExportTrail.Map(app);
    }
}
