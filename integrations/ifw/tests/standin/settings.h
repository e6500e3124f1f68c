// Stands in for the framework's header of this name: which proxy its settings name.
#ifndef QLS_STANDIN_SETTINGS_H
#define QLS_STANDIN_SETTINGS_H

namespace QInstaller {

class Settings
{
public:
    enum ProxyType { NoProxy, SystemProxy, UserDefinedProxy };

    ProxyType proxyType() const { return type; }

    ProxyType type = NoProxy;
};

} // namespace QInstaller

#endif
