using Dialogue.Access;
using Dialogue.Organisations.Begin;
using Dialogue.Organisations.Functions;
using Dialogue.Organisations.Installation;
using Dialogue.Organisations.Partners;
using Dialogue.Organisations.People;
using Dialogue.Organisations.Reading;
using Dialogue.Organisations.Settings;
using Dialogue.Organisations.Units;

namespace Dialogue.Organisations;

/// <summary>Organisations, the people in them, and what administrators do.</summary>
public static class OrganisationsSetup
{
    public static IServiceCollection AddOrganisations(this IServiceCollection services)
    {
        services.AddScoped<ISecondFactorPolicy, SecondFactorPolicy>();
        services.AddScoped<Look.IHouses, Houses>();
        services.AddScoped<Invitations>();
        services.AddScoped<IHeldByPeople, FunctionsHeld>();
        services.AddScoped<IWhenAddressChanged, AddressInTrail>();
        services.AddScoped<IErasesPeople, ErasesFunctions>().AddScoped<IErasesPeople, ErasesLetters>();
        return services;
    }

    public static void MapOrganisations(this IEndpointRouteBuilder app)
    {
        ListPeople.Map(app);
        InvitePerson.Map(app);
        SendInvitationAgain.Map(app);
        TakeAwaySecondFactor.Map(app);
        ChangePerson.Map(app);
        ChangeAddress.Map(app);
        WhatSomebodyHolds.Map(app);
        HandOnHeld.Map(app);
        DeactivatePerson.Map(app);
        ReactivatePerson.Map(app);
        ErasePerson.Map(app);
        ListOrganisations.Map(app);
        AddOrganisation.Map(app);
        TestMail.Map(app);
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
