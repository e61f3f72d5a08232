namespace Dialogue.Trail;

/// <summary>What was done. A value is stored by its name: never renamed and never used again for something else.</summary>
public enum AuditAct
{
    // Accounts and rights
    AccountInvited,
    InvitationSentAgain,
    AccountChanged,
    RolesChanged,
    AddressChangeAsked,
    AddressChanged,
    AccountDeactivated,
    AccountReactivated,
    HandedOn,
    SecondFactorTaken,

    // The organisation
    OrganisationAdded,
    SettingsChanged,
    LogoChanged,
    UnitAdded,
    UnitChanged,
    UnitRemoved,
    FunctionFilled,
    FunctionEmptied,
    PartnerAdded,
    PartnerChanged,
    PartnerRemoved,
    ContactAdded,
    ContactChanged,
    ContactRemoved,
    MailTested,
    MailTriedAgain,
    MailPutAside,

    // What was kept
    Opened,
    Exported,
    Erased,
    JoinedAsGuide,
    LevelChanged,
    TeamChanged,
}
